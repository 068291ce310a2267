import { expect, test } from 'vitest';
import {
  externalChain,
  firewallChain,
} from '../../../../src/proxier/nftables/kube-proxy/chains.ts';
import type { NftablesContext } from '../../../../src/proxier/nftables/kube-proxy/context.ts';
import type { Endpoint } from '../../../../src/service/endpoint.ts';
import type { ServicePort } from '../../../../src/service/service-port.ts';
import { local, remote } from '../../../support/model.ts';
import {
  chainReasons,
  nftablesContextOf,
  nftablesRoutingOf,
  printChainRules,
} from '../../../support/nftables.ts';

const name = 'ULMVA6XW-ns1/svc1/tcp/p80';
const nodePort: Partial<ServicePort> = { nodePort: 3001 };

interface Case {
  readonly fields?: Partial<ServicePort>;
  readonly endpoints?: readonly Endpoint[];
  readonly context?: Partial<NftablesContext>;
}

/** The rules of the external chain, without its name. */
function external({ fields = nodePort, endpoints = [remote], context = {} }: Case = {}): string[] {
  const routing = nftablesRoutingOf(fields, endpoints);
  const { chains } = externalChain(routing, nftablesContextOf(context));
  const start = `external-${name} `;
  return printChainRules(chains).map((line) => line.slice(start.length));
}

test('under policy Cluster traffic from outside is masqueraded and goes to the service chain', () => {
  expect(external()).toEqual([
    'mark set mark or 0x00004000 comment "masquerade"',
    `goto service-${name}`,
  ]);
});

test('the mark is the configured one', () => {
  expect(external({ context: { masqueradeMark: 0x20 } })[0]).toBe(
    'mark set mark or 0x00000020 comment "masquerade"',
  );
});

const policyLocal: Partial<ServicePort> = { ...nodePort, externalPolicyLocal: true };
const ofNode = [
  'fib saddr type local mark set mark or 0x00004000 comment "masquerade local traffic"',
  `fib saddr type local goto service-${name} comment "short-circuit local traffic"`,
];

test('under policy Local pods and the node still reach all endpoints', () => {
  expect(external({ fields: policyLocal, endpoints: [remote, local] })).toEqual([
    `ip saddr 10.0.0.0/8 goto service-${name} comment "short-circuit pod traffic"`,
    ...ofNode,
    `goto local-${name}`,
  ]);
});

test('without a local endpoint nobody else reaches any', () => {
  expect(external({ fields: policyLocal })).toEqual([
    `ip saddr 10.0.0.0/8 goto service-${name} comment "short-circuit pod traffic"`,
    ...ofNode,
  ]);
});

test.for<[string, NftablesContext['detector'], readonly string[]]>([
  ['no detector', undefined, []],
  ['a bridge', { kind: 'bridgeInterface', name: 'cni0' }, ['iifname cni0']],
  ['a prefix of names', { kind: 'interfaceNamePrefix', prefix: 'veth' }, ['iifname veth*']],
])('pods are told by %s', ([, detector, words]) => {
  expect(external({ fields: policyLocal, endpoints: [local], context: { detector } })).toEqual([
    ...words.map((word) => `${word} goto service-${name} comment "short-circuit pod traffic"`),
    ...ofNode,
    `goto local-${name}`,
  ]);
});

test.for<[string, Case]>([
  ['only a cluster IP', { fields: {} }],
  ['no endpoints', { endpoints: [] }],
])('with %s there is no external chain', ([, one]) => {
  const { fields = nodePort, endpoints = [remote] } = one;
  expect(externalChain(nftablesRoutingOf(fields, endpoints), nftablesContextOf())).toEqual({});
});

test('each rule of it says why it is there', () => {
  const context = nftablesContextOf();
  expect(chainReasons(externalChain(nftablesRoutingOf(nodePort), context).chains)).toEqual([
    'masquerade external traffic',
    'external traffic',
  ]);
  expect(
    chainReasons(externalChain(nftablesRoutingOf(policyLocal, [local]), context).chains),
  ).toEqual(['pod traffic', 'masquerade local traffic', 'local traffic', 'external traffic']);
});

const restricted: Partial<ServicePort> = {
  loadBalancerVIPs: ['5.6.7.8', '5.6.7.9'],
  loadBalancerSourceRanges: ['203.0.113.0/25', '198.51.100.0/24'],
};

test.for<[string, Partial<ServicePort>, string]>([
  ['other sources than the ranges', restricted, '{ 203.0.113.0/25 , 198.51.100.0/24 }'],
  [
    'not the VIPs where a range holds the node',
    { ...restricted, loadBalancerSourceRanges: ['192.0.2.0/24'] },
    '{ 192.0.2.0/24 , 5.6.7.8 , 5.6.7.9 }',
  ],
])('the firewall chain drops %s', ([, fields, sources]) => {
  const { chains } = firewallChain(nftablesRoutingOf(fields), nftablesContextOf());
  expect(printChainRules(chains)).toEqual([`firewall-${name} ip saddr != ${sources} drop`]);
  expect(chainReasons(chains)).toEqual(['load balancer source ranges']);
});

test('it does so without endpoints too', () => {
  const { chains } = firewallChain(nftablesRoutingOf(restricted, []), nftablesContextOf());
  expect(printChainRules(chains)).toHaveLength(1);
});

test('in IPv6 sources are of that family', () => {
  const fields: Partial<ServicePort> = {
    family: 'IPv6',
    loadBalancerVIPs: ['2001:db8::5'],
    loadBalancerSourceRanges: ['2001:db8:1::/64'],
  };
  const context = nftablesContextOf({ family: 'IPv6' });
  expect(printChainRules(firewallChain(nftablesRoutingOf(fields), context).chains)).toEqual([
    `firewall-${name} ip6 saddr != { 2001:db8:1::/64 } drop`,
  ]);
});

test.for<[string, Partial<ServicePort>]>([
  ['ranges', { ...restricted, loadBalancerSourceRanges: [] }],
  ['VIPs', { ...restricted, loadBalancerVIPs: [] }],
])('without %s there is none', ([, fields]) => {
  expect(firewallChain(nftablesRoutingOf(fields), nftablesContextOf())).toEqual({});
});
