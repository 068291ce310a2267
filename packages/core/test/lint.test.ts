import { expect, test } from 'vitest';
import {
  compile,
  createSnapshot,
  lint,
  modes,
  parseSnapshot,
  type SnapshotInput,
} from '../src/index.ts';
import { deepFreeze } from './support/deep-freeze.ts';
import { nodeInput, serviceInput, sliceInput, snapshotOf } from './support/cluster.ts';

const nodes = ['node-a', 'node-b'].map((name, index) =>
  nodeInput({
    metadata: { name },
    status: { addresses: [{ type: 'InternalIP', address: `192.0.2.1${index}` }] },
  }),
);
const services = [
  serviceInput({
    type: 'LoadBalancer',
    externalTrafficPolicy: 'Local',
    externalIPs: ['192.0.2.10'],
    ingress: [{ ip: '203.0.113.7' }],
    loadBalancerSourceRanges: ['0.0.0.0/0'],
    ports: [{ name: 'p80', port: 80, nodePort: 30_080 }],
  }),
];
const endpointSlices = [
  sliceInput({ endpoints: [{ addresses: ['10.244.1.7'], nodeName: 'node-b' }] }),
];
const input: SnapshotInput = {
  nodes,
  services,
  endpointSlices,
  config: { clusterCIDR: '10.244.0.0/16', nodePortAddresses: ['198.51.100.0/24'] },
};

test.for(modes)('%s mode: all that compile says is among it, once', (mode) => {
  const snapshot = snapshotOf(input);
  const said = compile(snapshot, mode).diagnostics;
  expect(said.length).toBeGreaterThan(0);
  const found = lint(snapshot, mode);
  for (const one of said)
    expect(found.filter(({ message }) => message === one.message)).toEqual([one]);
});

test('a set that is full is found by compiling', () => {
  const endpoints = Array.from({ length: 65_537 }, (_, index) => ({
    addresses: [`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`],
    nodeName: 'node-a',
  }));
  const snapshot = snapshotOf({
    services: [serviceInput()],
    endpointSlices: [sliceInput({ endpoints })],
  });
  const codes = lint(snapshot, 'ipvs').map(({ code }) => code);
  expect(codes.filter((code) => code === 'IPSET_FULL')).toHaveLength(1);
});

test('without a wanted node all are looked at, and each is named', () => {
  const { snapshot, diagnostics } = createSnapshot(input);
  expect(snapshot.nodeName).toBe('');
  const found = lint(snapshot, 'iptables', { found: diagnostics });
  expect(found.map(({ code }) => code)).not.toContain('NODE_AMBIGUOUS');
  const empty = found.filter(({ code }) => code === 'NODE_PORT_ADDRESSES_EMPTY');
  expect(empty.map(({ objects }) => objects.map(({ name }) => name))).toEqual([
    [undefined, 'node-a'],
    [undefined, 'node-b'],
  ]);
  const local = found.filter(({ code }) => code === 'EXTERNAL_LOCAL_NODES');
  expect(local.map(({ message }) => message.split(' has ')[0])).toEqual(['node-a']);
});

test('why compile would refuse is said, and once', () => {
  const { snapshot, diagnostics } = createSnapshot({ nodes, config: { clusterCIDR: 'x' } });
  expect(lint(snapshot, 'iptables', { found: diagnostics })).toEqual(lint(snapshot, 'iptables'));
  expect(lint(snapshot, 'iptables').map(({ code }) => code)).toEqual([
    'CONFIG_VALUE_INVALID',
    'MODE_DEFAULTED',
  ]);
});

test('annotations suppress what compile says and what reading found', () => {
  const text = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'web',
      annotations: { 'kube-rules/ignore': 'IP_INVALID, SOURCE_RANGE_ZERO' },
    },
    spec: {
      clusterIP: '10.96.0.1',
      ports: [{ port: 80 }],
      externalIPs: ['x'],
      loadBalancerSourceRanges: ['0.0.0.0/0'],
    },
  });
  const { snapshot, diagnostics } = parseSnapshot(text);
  expect(diagnostics.map(({ code }) => code)).toContain('IP_INVALID');
  const codes = lint(snapshot, 'ipvs', { found: diagnostics }).map(({ code }) => code);
  expect(codes).not.toContain('IP_INVALID');
  expect(codes).not.toContain('SOURCE_RANGE_ZERO');
  expect(codes).not.toContain('IGNORE_UNUSED');
});

test('the snapshot is not changed, and two runs find the same', () => {
  const snapshot = deepFreeze(snapshotOf(input));
  expect(lint(snapshot, 'ipvs')).toEqual(lint(snapshot, 'ipvs'));
});
