import type { ClientExplanation } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { groupClients } from '../../src/output/group-clients.ts';

test('clients of whom the same is said stand together, in their order', () => {
  const one: ClientExplanation = {
    client: 'pod',
    outcome: 'delivered',
    keepsSource: true,
    why: 'a',
  };
  const other: ClientExplanation = { ...one, client: 'node', keepsSource: false };
  const third: ClientExplanation = { ...one, client: 'outside' };
  expect(groupClients([one, other, third])).toEqual([[one, third], [other]]);
  expect(groupClients([])).toEqual([]);
});
