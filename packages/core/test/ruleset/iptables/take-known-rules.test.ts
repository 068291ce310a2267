import { expect, test } from 'vitest';
import { takeKnownRules } from '../../../src/ruleset/iptables/index.ts';

const known = new Set(['-A KUBE-A -j RETURN', '-A KUBE-B -p tcp -j KUBE-A', '-A INPUT -j KUBE-A']);

/** What was taken by table and chain, and the lines that are left to read. */
function take(text: string): { readonly taken: object; readonly left: readonly string[] } {
  const { taken, lines } = takeKnownRules(text, known);
  const chains = [...taken].map(([table, rules]) => [table, Object.fromEntries(rules)]);
  return {
    taken: Object.fromEntries(chains),
    left: lines.map((line) => text.slice(line.start, line.end)),
  };
}

test('chains of known rules are taken, each with the places of its lines', () => {
  const text =
    '*nat\n:KUBE-A - [0:0]\n:KUBE-B - [0:0]\n-A KUBE-A -j RETURN\n-A KUBE-B -p tcp -j KUBE-A\nCOMMIT\n';
  expect(take(text)).toEqual({
    taken: {
      nat: {
        'KUBE-A': [{ text: '-A KUBE-A -j RETURN', offset: 37 }],
        'KUBE-B': [{ text: '-A KUBE-B -p tcp -j KUBE-A', offset: 57 }],
      },
    },
    left: ['*nat', ':KUBE-A - [0:0]', ':KUBE-B - [0:0]', 'COMMIT'],
  });
});

test.for([
  ['a rule that is not known', ':KUBE-A - [0:0]\n-A KUBE-A -j RETURN\n-A KUBE-A -j DROP'],
  ['counters', ':KUBE-A - [0:0]\n[1:60] -A KUBE-A -j RETURN'],
  [
    'a second declaration, which empties it',
    ':KUBE-A - [0:0]\n-A KUBE-A -j RETURN\n:KUBE-A - [0:0]',
  ],
  ['a chain that is built in', ':INPUT ACCEPT [0:0]\n-A INPUT -j KUBE-A'],
  ['no declaration', '-A KUBE-A -j RETURN'],
] as const)('a chain with %s is read line by line, in the order of the text', ([, lines]) => {
  const text = `*filter\n${lines}\nCOMMIT\n`;
  const { taken, left } = take(text);
  expect(Object.values(taken).flatMap((chains: object) => Object.values(chains).flat())).toEqual(
    [],
  );
  expect(left.join('\n')).toBe(text.trimEnd());
});
