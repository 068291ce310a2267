import type { Who } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { printWho } from '../../src/output/print-who.ts';

const nobody: Who = { kind: 'chain', addresses: [], owners: [], rules: [] };
const rule = { section: 'ipset', container: 'S', text: 'k' };

test.for([
  {
    who: nobody,
    first: "q: nobody's; no Service, endpoint or Node of the snapshot, and no rule, has it",
  },
  { who: { ...nobody, purpose: 'marks packets' }, first: 'q: on every node; marks packets' },
  {
    who: {
      ...nobody,
      owners: [{ servicePort: 'a/b' }, { servicePort: 'a/b', endpoint: '1.1.1.1:1' }],
    },
    first: 'q: a/b; a/b, endpoint 1.1.1.1:1',
  },
  { who: { ...nobody, addresses: [{ role: 'node', what: 'node-a' }] }, first: 'q: node node-a' },
  { who: { ...nobody, rules: [rule] }, first: 'q: of no Service that is known; rules mention it' },
  {
    who: { ...nobody, rules: [{ ...rule, reason: 'forwarding' }] },
    first: 'q: on every node; forwarding',
  },
] as const)('$first', ({ who, first }) => {
  expect(printWho('q', who).split('\n')[0]).toBe(first);
});

test('twenty rules are shown, with their places', () => {
  const placed = { ...rule, reason: 'r', place: { source: 'f', offset: 0 }, line: 3 };
  const lines = printWho('q', { ...nobody, rules: Array.from({ length: 22 }, () => placed) }).split(
    '\n',
  );
  expect(lines.slice(1, 3)).toEqual(['  ipset, S, f:3 (r)', '    k']);
  expect(lines.slice(-2)).toEqual(['... and 2 more (--json lists all)', '']);
  expect(lines).toHaveLength(1 + 40 + 2);
});
