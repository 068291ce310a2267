import { expect, test } from 'vitest';
import { schedulerProblem } from '../../../src/proxier/ipvs/scheduler.ts';

test.for(['', 'rr', 'wrr', 'lc', 'wlc', 'lblc', 'lblcr', 'dh', 'sh', 'sed', 'nq'])(
  'every kernel with IPVS has "%s"',
  (scheduler) => {
    expect(schedulerProblem(scheduler)).toBeUndefined();
  },
);

test.for([
  ['fo', '3.18'],
  ['ovf', '4.3'],
  ['mh', '4.18'],
  ['twos', '5.12'],
])('an older kernel lacks "%s", which came with Linux %s', ([scheduler, release]) => {
  expect(schedulerProblem(scheduler ?? '')).toBe(
    `Scheduler ${scheduler} needs Linux ${release} or later, and its module ip_vs_${scheduler}.`,
  );
});

test.for([
  ['RR', 'No kernel is known to have the scheduler "RR"; did you mean "rr"?'],
  ['lblcx', 'No kernel is known to have the scheduler "lblcx"; did you mean "lblc"?'],
  ['round-robin', 'No kernel is known to have the scheduler "round-robin".'],
  ['toString', 'No kernel is known to have the scheduler "toString".'],
])('no kernel has "%s"', ([scheduler, message]) => {
  expect(schedulerProblem(scheduler ?? '')).toBe(message);
});
