import { expect, test } from 'vitest';
import { compileServicePort } from '../../../src/proxier/iptables/compile-service-port.ts';
import { contextOf, local, reasonsOf, remote, resolvedOf } from '../../support/model.ts';

const everything = {
  nodePort: 3001,
  externalIPs: ['198.51.100.7'],
  loadBalancerVIPs: ['5.6.7.8'],
  loadBalancerSourceRanges: ['203.0.113.0/25'],
  affinitySeconds: 10800,
  internalPolicyLocal: true,
  externalPolicyLocal: true,
  healthCheckNodePort: 30000,
};

test('the parts follow each other as kube-proxy writes them', () => {
  const { natChains, natRules } = compileServicePort(
    resolvedOf(everything, [local, remote].toReversed()),
    contextOf(),
  );
  expect(natChains.map((chain) => chain.split('-').slice(1, 2).join('-'))).toEqual([
    'EXT',
    'FW',
    'SVC',
    'SVL',
    'SEP',
    'SEP',
  ]);
  expect(reasonsOf(natRules)).toEqual([
    'cluster IP',
    'external IP',
    'load balancer IP',
    'node port',
    'masquerade off-cluster traffic',
    'pod traffic',
    'masquerade LOCAL traffic',
    'route LOCAL traffic',
    'external traffic',
    'load balancer source ranges',
    'load balancer source ranges',
    'session affinity',
    'session affinity',
    'load balancing',
    'load balancing',
    'session affinity',
    'load balancing',
    'hairpin',
    'endpoint',
    'hairpin',
    'endpoint',
  ]);
});

test('what is turned away is turned away in the same order', () => {
  const { filterRules, natChains } = compileServicePort(resolvedOf(everything, []), contextOf());
  expect(natChains).toEqual([]);
  expect(filterRules.map(({ chain }) => chain)).toEqual([
    'KUBE-SERVICES',
    'KUBE-EXTERNAL-SERVICES',
    'KUBE-EXTERNAL-SERVICES',
    'KUBE-EXTERNAL-SERVICES',
    'KUBE-NODEPORTS',
  ]);
});

test('every rule names the service port', () => {
  const { filterRules, natRules } = compileServicePort(
    resolvedOf(everything, [local, remote]),
    contextOf({ countsLocalhostNodePorts: true }),
  );
  for (const { origin } of [...filterRules, ...natRules])
    expect(origin).toMatchObject({ servicePort: 'ns1/svc1:p80', protocol: 'tcp' });
});

test('the same arguments give the same fragment', () => {
  const [first, second] = [1, 2].map(() =>
    compileServicePort(resolvedOf(everything, [local, remote]), contextOf()),
  );
  expect(first).toEqual(second);
});
