import { expect, test } from 'vitest';
import type { Routing } from '../../../../src/proxier/nftables/kube-proxy/routing.ts';
import type { Endpoint } from '../../../../src/service/endpoint.ts';
import type { ServicePort } from '../../../../src/service/service-port.ts';
import { local, remote } from '../../../support/model.ts';
import { nftablesRoutingOf } from '../../../support/nftables.ts';

const name = 'ULMVA6XW-ns1/svc1/tcp/p80';

test('the chains of a service port are named for it', () => {
  const { clusterChain, localChain, externalChain, firewallChain } = nftablesRoutingOf();
  expect([clusterChain, localChain, externalChain, firewallChain]).toEqual([
    `service-${name}`,
    `local-${name}`,
    `external-${name}`,
    `firewall-${name}`,
  ]);
});

test.for<[string, Partial<ServicePort>, string, string]>([
  ['policy Cluster', {}, 'service', 'service'],
  ['internal policy Local', { internalPolicyLocal: true }, 'local', 'service'],
  ['external policy Local', { externalPolicyLocal: true }, 'service', 'local'],
  ['both Local', { internalPolicyLocal: true, externalPolicyLocal: true }, 'local', 'local'],
])('under %s the chains behind the addresses', ([, fields, internal, external]) => {
  const { internalChain, externalPolicyChain } = nftablesRoutingOf(fields);
  expect([internalChain, externalPolicyChain]).toEqual([
    `${internal}-${name}`,
    `${external}-${name}`,
  ]);
});

function usedChains(routing: Routing): string[] {
  const used = {
    service: routing.usesClusterChain,
    local: routing.usesLocalChain,
    external: routing.usesExternalChain,
    firewall: routing.usesFirewallChain,
  };
  return Object.entries(used).flatMap(([chain, isUsed]) => (isUsed ? [chain] : []));
}

const nodePort: Partial<ServicePort> = { nodePort: 3001 };
const vips: Partial<ServicePort> = { loadBalancerVIPs: ['5.6.7.8'] };
const ranges: Partial<ServicePort> = { ...vips, loadBalancerSourceRanges: ['203.0.113.0/25'] };
const policyLocal: Partial<ServicePort> = { ...nodePort, externalPolicyLocal: true };

test.for<[string, Partial<ServicePort>, readonly Endpoint[], readonly string[]]>([
  ['a cluster IP', {}, [remote], ['service']],
  ['no endpoints', { ...nodePort, ...vips }, [], []],
  ['a node port', nodePort, [remote], ['service', 'external']],
  ['an external IP', { externalIPs: ['1.2.3.4'] }, [remote], ['service', 'external']],
  ['internal policy Local', { internalPolicyLocal: true }, [remote, local], ['local']],
  ['internal policy Local, none here', { internalPolicyLocal: true }, [remote], []],
  ['policy Local', policyLocal, [remote, local], ['service', 'local', 'external']],
  ['policy Local, none here', policyLocal, [remote], ['service', 'external']],
  ['source ranges', ranges, [remote], ['service', 'external', 'firewall']],
  // Unlike in iptables mode.
  ['source ranges without endpoints', ranges, [], ['firewall']],
  ['source ranges without a VIP', { ...ranges, loadBalancerVIPs: [] }, [remote], ['service']],
])('with %s there are these chains', ([, fields, endpoints, chains]) => {
  expect(usedChains(nftablesRoutingOf(fields, endpoints))).toEqual(chains);
});

const reject = { kind: 'goto', chain: 'reject-chain' };
const drop = { kind: 'drop' };
const internalLocal: Partial<ServicePort> = { ...nodePort, internalPolicyLocal: true };

test.for<[string, Partial<ServicePort>, readonly Endpoint[], unknown, unknown]>([
  ['endpoints take all', nodePort, [remote], undefined, undefined],
  ['no endpoints reject all', nodePort, [], reject, reject],
  ['no endpoints reject all, whatever the policy', policyLocal, [], reject, reject],
  ['none here drops what comes from outside', policyLocal, [remote], undefined, drop],
  ['none here drops what comes from inside', internalLocal, [remote], drop, undefined],
  ['one here takes all', { ...policyLocal, ...internalLocal }, [local], undefined, undefined],
])('%s', ([, fields, endpoints, internal, external]) => {
  const { internalRefusal, externalRefusal } = nftablesRoutingOf(fields, endpoints);
  expect([internalRefusal, externalRefusal]).toEqual([internal, external]);
});
