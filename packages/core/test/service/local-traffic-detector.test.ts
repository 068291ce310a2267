import { expect, test } from 'vitest';
import type { Family } from '../../src/netaddr/family.ts';
import type { SnapshotInput } from '../../src/index.ts';
import {
  localTrafficDetectorOf,
  printDetector,
  type LocalTrafficDetector,
} from '../../src/service/local-traffic-detector.ts';
import { nodeInput, snapshotOf } from '../support/cluster.ts';

function detectors(input: SnapshotInput): Record<Family, unknown> {
  const snapshot = snapshotOf(input);
  return {
    IPv4: localTrafficDetectorOf(snapshot, 'IPv4'),
    IPv6: localTrafficDetectorOf(snapshot, 'IPv6'),
  };
}

const cidr = (text: string): object => ({ kind: 'cidr', cidr: text });

test.for(['', 'ClusterCIDR'] as const)('mode "%s" takes the cluster CIDR of the family', (mode) => {
  const config = { detectLocalMode: mode, clusterCIDR: '10.244.1.5/16,fd00:10:244::/48' };
  expect(detectors({ config })).toEqual({
    IPv4: cidr('10.244.0.0/16'),
    IPv6: cidr('fd00:10:244::/48'),
  });
});

test.for([
  ['', undefined, undefined],
  ['10.0.0.0/8', cidr('10.0.0.0/8'), undefined],
  ['fd00::/8', undefined, cidr('fd00::/8')],
] as const)('with cluster CIDR "%s" local traffic is %o and %o', ([clusterCIDR, IPv4, IPv6]) => {
  expect(detectors({ config: { clusterCIDR } })).toEqual({ IPv4, IPv6 });
});

test('mode NodeCIDR takes the Node’s first pod CIDR of the family', () => {
  const podCIDRs = ['10.244.1.0/24', '10.244.2.0/24', 'fd00:10:244:1::/64'];
  const nodes = [
    nodeInput({ spec: { podCIDR: '10.244.1.0/24', podCIDRs } }),
    nodeInput({ metadata: { name: 'node-b' }, spec: { podCIDRs: ['10.244.9.0/24'] } }),
  ];
  const config = { detectLocalMode: 'NodeCIDR', clusterCIDR: '10.0.0.0/8' } as const;
  expect(detectors({ nodes, config })).toEqual({
    IPv4: cidr('10.244.1.0/24'),
    IPv6: cidr('fd00:10:244:1::/64'),
  });
});

test('mode NodeCIDR knows the older field podCIDR, and nothing without either', () => {
  const config = { detectLocalMode: 'NodeCIDR' } as const;
  const nodes = [nodeInput({ spec: { podCIDR: '10.244.1.0/24' } })];
  expect(detectors({ nodes, config })).toEqual({ IPv4: cidr('10.244.1.0/24'), IPv6: undefined });
  expect(detectors({ config })).toEqual({ IPv4: undefined, IPv6: undefined });
});

test('mode BridgeInterface is the same in both families', () => {
  const config = {
    detectLocalMode: 'BridgeInterface',
    detectLocal: { bridgeInterface: 'cni0', interfaceNamePrefix: 'veth' },
  } as const;
  const bridge = { kind: 'bridgeInterface', name: 'cni0' };
  expect(detectors({ config })).toEqual({ IPv4: bridge, IPv6: bridge });
});

test('mode InterfaceNamePrefix, too', () => {
  const config = {
    detectLocalMode: 'InterfaceNamePrefix',
    detectLocal: { bridgeInterface: 'cni0', interfaceNamePrefix: 'veth' },
  } as const;
  const prefix = { kind: 'interfaceNamePrefix', prefix: 'veth' };
  expect(detectors({ config })).toEqual({ IPv4: prefix, IPv6: prefix });
});

test.for<[LocalTrafficDetector, string, string]>([
  [
    { kind: 'cidr', cidr: '10.244.0.0/16' },
    'its address is within 10.244.0.0/16',
    'its address is not within 10.244.0.0/16',
  ],
  [{ kind: 'bridgeInterface', name: 'cni0' }, 'it comes in by cni0', 'it does not come in by cni0'],
  [
    { kind: 'interfaceNamePrefix', prefix: 'cali' },
    'it comes in by an interface cali*',
    'it does not come in by an interface cali*',
  ],
])('%j in words', ([detector, ofPod, ofOther]) => {
  expect([printDetector(detector, true), printDetector(detector, false)]).toEqual([ofPod, ofOther]);
});
