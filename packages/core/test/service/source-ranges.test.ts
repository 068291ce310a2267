import { expect, test } from 'vitest';
import { sourceRangesInclude } from '../../src/service/source-ranges.ts';
import { servicePortOf } from '../support/model.ts';

test.for<[readonly string[], boolean]>([
  [[], false],
  [['203.0.113.0/25'], false],
  [['203.0.113.0/25', '192.0.2.0/24'], true],
  [['192.0.2.11/32'], true],
  [['0.0.0.0/0'], true],
  [['::/0'], false],
])('the ranges %o include 192.0.2.11: %s', ([loadBalancerSourceRanges, included]) => {
  const servicePort = servicePortOf({ loadBalancerSourceRanges });
  expect(sourceRangesInclude(servicePort, [192, 0, 2, 11])).toBe(included);
});
