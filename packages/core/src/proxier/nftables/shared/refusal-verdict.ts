import type { Verdict } from '../../../ruleset/nftables/index.ts';
import type { RefusalReason } from '../../../service/traffic.ts';
import { chains } from './objects.ts';

/** How traffic is turned away: with an answer where no endpoint is anywhere, else without. */
export function refusalVerdict(reason: RefusalReason | undefined): Verdict | undefined {
  if (reason === undefined) return undefined;
  return reason === 'no endpoints' ? { kind: 'goto', chain: chains.reject } : { kind: 'drop' };
}
