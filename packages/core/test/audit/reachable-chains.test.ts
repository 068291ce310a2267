import { expect, test } from 'vitest';
import { reachableChains } from '../../src/audit/reachable-chains.ts';
import type { Section } from '../../src/diff/node-rules.ts';

const chain = (name: string, texts: readonly string[] = [], declaration = '') => ({
  name,
  declaration,
  rules: texts.map((text) => ({ text })),
});

test('built-in chains lead to chains, and those to others; leftovers lead nowhere', () => {
  const [svc, sep] = ['KUBE-SVC-AAAAAAAAAAAAAAAA', 'KUBE-SEP-AAAAAAAAAAAAAAAA'];
  const section: Section = {
    kind: 'iptables',
    name: 'nat',
    groups: [],
    chains: [
      chain('PREROUTING', ['-A P -j KUBE-SERVICES']),
      chain('KUBE-SERVICES', ['-A K -j X']),
      chain(svc, [`-A S -j ${sep}`]),
      chain(sep),
    ],
  };
  expect(reachableChains([section])).toEqual(
    new Map([['nat', new Set(['PREROUTING', 'KUBE-SERVICES', 'X'])]]),
  );
});

test('in nft hooks lead on, by way of maps', () => {
  const section: Section = {
    kind: 'nftables',
    name: 'n',
    chains: [
      chain('base', ['ip daddr vmap @m'], 'type nat hook prerouting'),
      chain('old', ['goto older']),
      chain('young'),
    ],
    groups: [{ name: 'm', declaration: '', entries: [{ key: 'k', text: 'k : goto young' }] }],
  };
  expect(reachableChains([section])).toEqual(new Map([['n', new Set(['base', 'young'])]]));
});
