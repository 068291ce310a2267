import { expect, test } from 'vitest';
import { withoutComments } from '../../src/audit/without-comments.ts';

test.for([
  ['-A X -m comment --comment "a \\" b" -j Y', '-A X -j Y'],
  ['-A X -j Y', '-A X -j Y'],
  ['reject comment "no"', 'reject'],
  ['type ipv4_addr; comment "x"', 'type ipv4_addr'],
  ['comment "x"', ''],
] as const)('%s without its comment', ([text, bare]) => {
  const place = { source: 's', offset: 1 };
  const section = { kind: 'nftables', name: 'n' } as const;
  const [read] = withoutComments([
    {
      ...section,
      chains: [{ name: 'c', declaration: text, rules: [{ text, place }] }],
      groups: [{ name: 'g', declaration: text, entries: [{ key: 'k', text }] }],
    },
  ]);
  expect(read).toEqual({
    ...section,
    chains: [{ name: 'c', declaration: bare, rules: [{ text: bare, place }] }],
    groups: [{ name: 'g', declaration: bare, entries: [{ key: 'k', text: bare }] }],
  });
});
