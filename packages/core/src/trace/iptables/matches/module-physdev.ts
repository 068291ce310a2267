import { matchInterfaceName } from '../../walk/interface-name.ts';
import { allOf } from './all-of.ts';
import type { ModuleMatcher } from './match-other.ts';

/** xt_physdev: the port of a bridge where the packet came in; where it leaves is decided after the rules. */
export const matchPhysdev: ModuleMatcher = (options, { packet: { isFromBridge, bridgePort } }) =>
  allOf(options, ({ name, values: [pattern = ''] }) => {
    if (isFromBridge === false) return 0;
    if (name === '--physdev-in') return matchInterfaceName(bridgePort, pattern, '+');
    return name === '--physdev-is-in' && isFromBridge ? 1 : undefined;
  });
