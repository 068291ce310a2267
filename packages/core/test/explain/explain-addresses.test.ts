import { expect, test } from 'vitest';
import { explainAddresses, nodeAddressesFor } from '../../src/explain/explain-addresses.ts';
import type { AddressExplanation, ExplainedMode } from '../../src/explain/explanation.ts';
import type { SnapshotInput } from '../../src/index.ts';
import { nodeInput, snapshotOf } from '../support/cluster.ts';
import { remote } from '../support/model.ts';
import { situationOf, type SituationFields } from '../support/situation.ts';

const nodes = [
  nodeInput({ status: { addresses: [{ type: 'InternalIP', address: '192.0.2.11' }] } }),
];
const interfaces = [
  { name: 'lo', addresses: ['127.0.0.1/8'] },
  { name: 'eth0', addresses: ['192.0.2.11/24'] },
  { name: 'cni0', addresses: ['10.244.1.1/24'] },
];

function addressesOf(
  fields: SituationFields,
  config: NonNullable<SnapshotInput['config']> = {},
): Omit<AddressExplanation, 'clients'>[] {
  const snapshot = snapshotOf({ nodes, nodeState: { interfaces }, config });
  return explainAddresses(snapshot, situationOf(fields)).map(({ clients, ...address }) => {
    expect(clients.map(({ client }) => client)).toEqual(['pod', 'node', 'outside']);
    return address;
  });
}

const servicePort = {
  externalIPs: ['198.51.100.7'],
  loadBalancerVIPs: ['203.0.113.7'],
  loadBalancerSourceRanges: ['198.51.100.0/24'],
  nodePort: 30_080,
};

test('every address, source ranges at those of the load balancer only', () => {
  expect(addressesOf({ servicePort, endpoints: [remote] })).toEqual([
    { kind: 'cluster IP', ip: '172.30.0.41', port: 80 },
    { kind: 'external IP', ip: '198.51.100.7', port: 80 },
    {
      kind: 'load balancer IP',
      ip: '203.0.113.7',
      port: 80,
      sourceRanges: ['198.51.100.0/24'],
    },
    { kind: 'node port', port: 30_080, takesLocalhost: true },
  ]);
});

test('without endpoints, source ranges mean nothing in iptables mode: everybody is refused', () => {
  expect(rangesIn('iptables')).toBeUndefined();
  expect(rangesIn('nftables')).toEqual(['198.51.100.0/24']);
  expect(rangesIn('ipvs')).toEqual(['198.51.100.0/24']);
});

test.for<[ExplainedMode, NonNullable<SnapshotInput['config']>, readonly string[] | undefined]>([
  ['iptables', {}, undefined],
  ['iptables', { nodePortAddresses: ['127.0.0.0/8', '192.0.2.0/24'] }, ['127.0.0.1', '192.0.2.11']],
  ['nftables', {}, ['192.0.2.11']],
  ['nftables', { nodePortAddresses: ['0.0.0.0/0'] }, undefined],
  ['nftables', { nodePortAddresses: ['127.0.0.0/8'] }, []],
  ['ipvs', {}, ['10.244.1.1', '192.0.2.11']],
])('%s mode with %j: node ports on %j', ([mode, config, nodeAddresses]) => {
  const snapshot = snapshotOf({ nodes, nodeState: { interfaces }, config });
  expect(nodeAddressesFor(snapshot, mode, 'IPv4').nodeAddresses).toEqual(nodeAddresses);
});

test.for<[boolean, ExplainedMode, NonNullable<SnapshotInput['config']>]>([
  [true, 'iptables', {}],
  [false, 'iptables', { iptables: { localhostNodePorts: false } }],
  [false, 'iptables', { nodePortAddresses: ['192.0.2.0/24'] }],
  [false, 'nftables', {}],
  [false, 'ipvs', {}],
])('localhost takes node ports: %s in %s mode with %j', ([takes, mode, config]) => {
  const found = addressesOf({ servicePort, mode }, config).find(({ kind }) => kind === 'node port');
  expect(found?.takesLocalhost).toBe(takes);
});

test('never by IPv6', () => {
  const ipv6 = { ...servicePort, family: 'IPv6' as const };
  const found = addressesOf({ servicePort: ipv6 }).find(({ kind }) => kind === 'node port');
  expect(found?.takesLocalhost).toBe(false);
});

function rangesIn(mode: ExplainedMode): unknown {
  return addressesOf({ servicePort, mode }).find(({ kind }) => kind === 'load balancer IP')
    ?.sourceRanges;
}
