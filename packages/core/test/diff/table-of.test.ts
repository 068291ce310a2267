import { expect, test } from 'vitest';
import { tableOf } from '../../src/diff/table-of.ts';

test('the table is the last word of a section of iptables', () => {
  expect(tableOf({ name: 'iptables IPv4 nat' })).toBe('nat');
  expect(tableOf({ name: 'iptables IPv6 filter' })).toBe('filter');
});
