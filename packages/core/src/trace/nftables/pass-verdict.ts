import type { NormalVerdict } from '../../ruleset/nftables/index.ts';
import { accepted, dropped, next, returned, type Branch, type Passed } from '../walk/branch.ts';
import type { RulePlace } from './rule-place.ts';

/** What a verdict does with a packet; `branch` has the rule's step. */
export function passVerdict(
  branch: Branch,
  verdict: NormalVerdict,
  { callChain }: RulePlace,
): readonly Passed[] {
  switch (verdict.kind) {
    case 'accept':
      return [{ end: accepted, branch }];
    case 'drop':
      return [{ end: dropped, branch }];
    case 'return':
      return [{ end: returned, branch }];
    case 'continue':
      return [{ end: next, branch }];
    case 'jump':
    case 'goto':
      return callChain(branch, verdict.chain, verdict.kind === 'goto');
  }
}
