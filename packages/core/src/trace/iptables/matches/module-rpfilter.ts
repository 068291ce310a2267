import { interfaceToward } from '../../walk/environment.ts';
import { certainly } from './match-context.ts';
import type { ModuleMatcher } from './match-other.ts';

/** xt_rpfilter: whether an answer would leave by where the packet came in. */
export const matchReversePath: ModuleMatcher = (options, { packet, network }) => {
  const isInverted = options.some(({ name }) => name === '--invert');
  const isLoose = options.some(({ name }) => name === '--loose');
  if (packet.inInterface === 'lo' || isLoose) return certainly(!isInverted);
  const back = interfaceToward(network, packet.source);
  if (back === undefined || packet.inInterface === undefined) return undefined;
  return certainly((back === packet.inInterface) !== isInverted);
};
