import { test } from 'vitest';
import { masqueradeAll } from '../../../src/lint/rules/masquerade-all.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

test('off, or on for another mode', () => {
  expectValid(masqueradeAll, {});
  expectValid(masqueradeAll, { config: { iptables: { masqueradeAll: true } }, mode: 'nftables' });
});

test.for([
  ['iptables', 'iptables'],
  ['ipvs', 'iptables'],
  ['nftables', 'nftables'],
] as const)('on in %s mode', ([mode, section]) => {
  expectErrors(masqueradeAll, { config: { [section]: { masqueradeAll: true } }, mode }, [
    [
      `With ${section}.masqueradeAll every call by a cluster IP comes from a node's address: NetworkPolicies that select clients by pod or namespace do not see the client.`,
      `KubeProxyConfiguration, ${section}.masqueradeAll`,
    ],
  ]);
});
