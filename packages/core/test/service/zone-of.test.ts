import { expect, test } from 'vitest';
import { zoneOf } from '../../src/service/zone-of.ts';

test('the label of the zone, or nothing', () => {
  const labels = { 'topology.kubernetes.io/zone': 'z1' };
  expect(zoneOf({ metadata: { name: 'node-a', labels } })).toBe('z1');
  expect(zoneOf({ metadata: { name: 'node-a' } })).toBe('');
  expect(zoneOf(undefined)).toBe('');
});
