import { expect, test } from 'vitest';
import { isUnset } from '../../src/config/is-unset.ts';

test.for<[string, unknown, boolean]>([
  ['mode', undefined, true],
  ['mode', '', true],
  ['mode', 'ipvs', false],
  ['syncPeriod', '0s', true],
  ['syncPeriod', '0', true],
  ['syncPeriod', '-0h', true],
  ['syncPeriod', '1ns', false],
  ['minSyncPeriod', '0ms', true],
  ['configSyncPeriod', '0s', true],
  ['qps', 0, true],
  ['burst', 0, true],
  ['burst', 1, false],
  ['masqueradeBit', 0, false],
  ['oomScoreAdj', 0, false],
  ['maxPerCore', 0, false],
  ['localhostNodePorts', false, false],
  ['nodePortAddresses', [], false],
])('%s %j counts as unset: %s', ([field, value, expected]) => {
  expect(isUnset(field, value)).toBe(expected);
});
