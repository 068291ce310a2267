import { compile, rulesOfRuleset, snapshotForNode, type Mode } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { findRules, rulesOfService } from '../../../src/report/page/find-rules.ts';
import { loadedShop } from '../../support/report.ts';

const snapshot = snapshotForNode(loadedShop.snapshot, 'node-a');
const rulesIn = (mode: Mode) => rulesOfRuleset(compile(snapshot, mode));

test.for<[Mode, string, string, string]>([
  ['iptables', 'iptables IPv4 nat', 'cluster IP', 'prod/web:http, cluster IP'],
  ['ipvs', 'ipvs', 'endpoint', 'prod/web:http, endpoint 10.244.1.5:8080 [node-a]'],
  ['nftables', 'nftables ip kube-proxy', 'cluster IP', 'prod/web:http, cluster IP'],
])('%s: the rules of one Service with their reasons', ([mode, section, reason, owner]) => {
  const { total, chains } = rulesOfService(rulesIn(mode), 'prod/web');
  const rules = chains.flatMap((chain) => chain.rules);
  expect(total).toBe(rules.length);
  expect(chains.map((chain) => chain.section)).toContain(section);
  expect(rules.every((rule) => rule.owner.startsWith('prod/web:'))).toBe(true);
  expect(rules.map((rule) => rule.reason)).toContain(reason);
  expect(rules.map((rule) => rule.owner)).toContain(owner);
});

test('a Service whose name begins like another has its own rules only', () => {
  expect(rulesOfService(rulesIn('iptables'), 'prod/we')).toEqual({ total: 0, chains: [] });
});

test('rules are found by words of the chain, the rule and the owner', () => {
  const { total, chains } = findRules(
    rulesIn('iptables'),
    'KUBE-SERVICES  prod/web 10.96.14.20/32 I6F7J7E256H6PY43',
    100,
  );
  expect(total).toBe(1);
  expect(chains).toEqual([
    {
      section: 'iptables IPv4 nat',
      name: 'KUBE-SERVICES',
      declaration: '',
      rules: [
        {
          text: '-A KUBE-SERVICES -d 10.96.14.20/32 -p tcp -m comment --comment "prod/web:http cluster IP" -m tcp --dport 80 -j KUBE-SVC-I6F7J7E256H6PY43',
          reason: 'cluster IP',
          owner: 'prod/web:http, cluster IP',
        },
      ],
    },
  ]);
});

test('of very many the first are shown, and all are counted', () => {
  const all = findRules(rulesIn('iptables'), '', 1_000_000);
  expect(all.total).toBeGreaterThan(200);
  const some = findRules(rulesIn('iptables'), '', 10);
  expect(some.total).toBe(all.total);
  expect(some.chains.flatMap(({ rules }) => rules)).toEqual(
    all.chains.flatMap(({ rules }) => rules).slice(0, 10),
  );
});

test('nothing is found by words that no rule has', () => {
  expect(findRules(rulesIn('nftables'), 'nonsense', 10)).toEqual({ total: 0, chains: [] });
});
