import { expect, test } from 'vitest';
import { filterChains, ipvsJumps, natChains } from '../../../src/proxier/ipvs/jumps.ts';
import { printJumps } from '../../../src/ruleset/iptables/index.ts';

/** The lists and the table of the specification, section 3.2. */
const chainsOf = {
  nat: [
    'KUBE-SERVICES',
    'KUBE-POSTROUTING',
    'KUBE-NODE-PORT',
    'KUBE-LOAD-BALANCER',
    'KUBE-MARK-MASQ',
  ],
  filter: [
    'KUBE-FORWARD',
    'KUBE-NODE-PORT',
    'KUBE-PROXY-FIREWALL',
    'KUBE-SOURCE-RANGES-FIREWALL',
    'KUBE-IPVS-FILTER',
    'KUBE-IPVS-OUT-FILTER',
  ],
} as const;

const rows = [
  ['nat', 'OUTPUT', 'KUBE-SERVICES', 'kubernetes service portals'],
  ['nat', 'PREROUTING', 'KUBE-SERVICES', 'kubernetes service portals'],
  ['nat', 'POSTROUTING', 'KUBE-POSTROUTING', 'kubernetes postrouting rules'],
  ['filter', 'FORWARD', 'KUBE-FORWARD', 'kubernetes forwarding rules'],
  ['filter', 'INPUT', 'KUBE-NODE-PORT', 'kubernetes health check rules'],
  ['filter', 'INPUT', 'KUBE-PROXY-FIREWALL', 'kube-proxy firewall rules'],
  ['filter', 'FORWARD', 'KUBE-PROXY-FIREWALL', 'kube-proxy firewall rules'],
  ['filter', 'INPUT', 'KUBE-IPVS-FILTER', 'kubernetes ipvs access filter'],
  ['filter', 'OUTPUT', 'KUBE-IPVS-OUT-FILTER', 'kubernetes ipvs access filter'],
] as const;

test('all chains are made first, then the nine jumps, in the order of kube-proxy', () => {
  const made = Object.entries(chainsOf).flatMap(([table, chains]) =>
    chains.map((chain) => `-t ${table} -N ${chain}\n`),
  );
  const jumps = rows.map(
    ([table, from, to, comment]) =>
      `-t ${table} -I ${from} -m comment --comment "${comment}" -j ${to}\n`,
  );
  expect(printJumps(ipvsJumps)).toBe([...made, ...jumps].join(''));
});

test('the chains of the document are those that are made', () => {
  expect({ nat: natChains, filter: filterChains }).toEqual(chainsOf);
});

test('each jump says from where it is', () => {
  const rules = ipvsJumps.flatMap((step) => (step.kind === 'prepend' ? [step.rule] : []));
  expect(rules.map(({ origin }) => origin)).toEqual(
    rows.map(([, from]) => ({ reason: `jump from ${from}` })),
  );
});
