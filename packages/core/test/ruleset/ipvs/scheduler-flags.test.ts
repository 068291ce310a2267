import { expect, test } from 'vitest';
import { canonicalSchedulerFlags } from '../../../src/ruleset/ipvs/scheduler-flags.ts';

test.for([
  ['mh', ['mh-port', 'mh-fallback'], ['mh-fallback', 'mh-port']],
  ['mh', ['flag-1', 'flag-2', 'flag-3'], ['flag-3', 'mh-fallback', 'mh-port']],
  ['sh', ['flag-2', 'sh-port'], ['sh-port']],
  ['rr', ['mh-port', 'sh-fallback'], ['flag-1', 'flag-2']],
  ['rr', ['other'], ['other']],
] as const)('%s %j', ([scheduler, flags, canonical]) => {
  expect(canonicalSchedulerFlags(scheduler, flags)).toEqual(canonical);
});
