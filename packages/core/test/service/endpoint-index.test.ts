import { expect, test } from 'vitest';
import type { Release } from '../../src/index.ts';
import { behaviourOf } from '../../src/service/behaviour.ts';
import { indexEndpoints, listEndpoints } from '../../src/service/endpoint-index.ts';
import type { Endpoint } from '../../src/service/endpoint.ts';
import type { ServicePort } from '../../src/service/service-port.ts';
import { sliceInput, snapshotOf, type SliceFields } from '../support/cluster.ts';
import { servicePortOf } from '../support/model.ts';

interface Question {
  readonly slices: readonly SliceFields[];
  readonly servicePort?: Partial<ServicePort>;
  readonly release?: Release;
  readonly gates?: Readonly<Record<string, boolean>>;
}

function find({
  slices,
  servicePort,
  release = '1.36',
  gates = {},
}: Question): readonly Endpoint[] {
  const asked = servicePortOf(servicePort);
  const { endpointSlices } = snapshotOf({ endpointSlices: slices.map(sliceInput) });
  return indexEndpoints(endpointSlices, {
    family: asked.family,
    nodeName: 'node-a',
    behaviour: behaviourOf(release, gates),
  })(asked);
}

function addresses(question: Question): string[] {
  return find(question).map(({ address }) => address);
}

const one = [{ addresses: ['10.0.0.1'] }];

test('an endpoint has the first address only, and the port of the slice', () => {
  const endpoints = [{ addresses: ['10.0.0.1', '10.0.0.2'] }, { addresses: [] }];
  expect(addresses({ slices: [{ endpoints, ports: [{ name: 'p80', port: 8080 }] }] })).toEqual([
    '10.0.0.1:8080',
  ]);
});

test('conditions that are not set mean ready, serving and not terminating', () => {
  expect(find({ slices: [{ endpoints: one }] })).toEqual([
    {
      ip: '10.0.0.1',
      port: 80,
      address: '10.0.0.1:80',
      nodeName: undefined,
      isLocal: false,
      ready: true,
      serving: true,
      terminating: false,
      zoneHints: [],
      nodeHints: [],
    },
  ]);
});

test('an endpoint is local if its nodeName is the node’s', () => {
  const endpoints = ['node-a', 'node-b', 'Node-A', undefined].map((nodeName, index) => ({
    addresses: [`10.0.0.${index + 1}`],
    nodeName,
  }));
  expect(find({ slices: [{ endpoints }] }).map(({ isLocal }) => isLocal)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test.for<[string, SliceFields['ports'], readonly string[]]>([
  ['name and protocol agree', [{ name: 'p80', port: 8080, protocol: 'TCP' }], ['10.0.0.1:8080']],
  ['the protocol is not given: TCP', [{ name: 'p80', port: 8080 }], ['10.0.0.1:8080']],
  ['another name', [{ name: 'other', port: 8080 }], []],
  ['another protocol', [{ name: 'p80', port: 8080, protocol: 'UDP' }], []],
  ['no number', [{ name: 'p80' }, { name: 'p80', port: 0 }], []],
  ['no number on one of two', [{ name: 'p80' }, { name: 'p80', port: 81 }], ['10.0.0.1:81']],
  [
    'two numbers',
    [
      { name: 'p80', port: 9000 },
      { name: 'p80', port: 80 },
    ],
    ['10.0.0.1:80', '10.0.0.1:9000'],
  ],
])('of the ports of a slice those count whose name and protocol fit: %s', ([, ports, expected]) => {
  expect(addresses({ slices: [{ endpoints: one, ports }] })).toEqual(expected);
});

test('a service port without a name takes the slice port without a name', () => {
  const slices = [{ endpoints: one, ports: [{ port: 1 }, { name: 'p80', port: 2 }] }];
  expect(addresses({ slices, servicePort: { portName: '', name: 'ns1/svc1' } })).toEqual([
    '10.0.0.1:1',
  ]);
});

test('slices of another Service, namespace, family or type have no part', () => {
  const slices: SliceFields[] = [
    { name: 'a', labels: { 'kubernetes.io/service-name': 'other' }, endpoints: one },
    { name: 'b', labels: { 'kubernetes.io/service-name': '' }, endpoints: one },
    {
      metadata: { name: 'c', namespace: 'ns2', labels: { 'kubernetes.io/service-name': 'svc1' } },
      endpoints: one,
    },
    { name: 'd', addressType: 'IPv6', endpoints: [{ addresses: ['fd00::1'] }] },
    { name: 'e', addressType: 'FQDN', endpoints: [{ addresses: ['shop.example.com'] }] },
  ];
  expect(addresses({ slices })).toEqual([]);
  expect(addresses({ slices, servicePort: { family: 'IPv6' } })).toEqual(['[fd00::1]:80']);
});

test('endpoints are in the byte order of their text', () => {
  const ips = ['10.0.0.2', '10.0.0.1', '10.0.0.10'];
  const ports = [80, 8080].map((port) => ({ name: 'p80', port }));
  const endpoints = ips.map((ip) => ({ addresses: [ip] }));
  expect(addresses({ slices: [{ endpoints, ports }] })).toEqual([
    '10.0.0.10:80',
    '10.0.0.10:8080',
    '10.0.0.1:80',
    '10.0.0.1:8080',
    '10.0.0.2:80',
    '10.0.0.2:8080',
  ]);
});

test('in IPv6, too', () => {
  const endpoints = ['fd00::1', 'fd00::10'].map((ip) => ({ addresses: [ip] }));
  const slices: SliceFields[] = [{ addressType: 'IPv6', endpoints }];
  expect(addresses({ slices, servicePort: { family: 'IPv6' } })).toEqual([
    '[fd00::10]:80',
    '[fd00::1]:80',
  ]);
});

test('the text of an address stays as it is in the slice', () => {
  const slices: SliceFields[] = [
    { addressType: 'IPv6', endpoints: [{ addresses: ['FD00:0::1'] }] },
  ];
  expect(addresses({ slices, servicePort: { family: 'IPv6' } })).toEqual(['[FD00:0::1]:80']);
});

test.for<[string, string, Release, boolean]>([
  ['service.kubernetes.io/headless', '', '1.36', true],
  ['service.kubernetes.io/headless', 'false', '1.30', true],
  ['service.kubernetes.io/service-proxy-name', '', '1.36', false],
  ['service.kubernetes.io/service-proxy-name', 'other', '1.30', true],
])('the label %s=%s hides a slice in release %s: %s', ([label, value, release, hidden]) => {
  const slices = [{ endpoints: one, labels: { [label]: value } }];
  expect(addresses({ slices, release })).toEqual(hidden ? [] : ['10.0.0.1:80']);
});

/** `L` local, `T` terminating, `U` not ready; each word is a slice with the same endpoint, told by its node. */
function winner(release: Release, ...words: readonly string[]): string | undefined {
  const slices = words.map((word, index) => ({
    name: `svc1-${index}`,
    endpoints: [
      {
        addresses: ['10.0.0.1'],
        nodeName: word.includes('L') ? 'node-a' : `node-${index}`,
        conditions: { ready: !/[TU]/.test(word), terminating: word.includes('T') },
        hints: { forZones: [{ name: `slice-${index}` }] },
      },
    ],
  }));
  const found = find({ slices: slices.toReversed(), release });
  expect(found).toHaveLength(1);
  return found[0]?.zoneHints[0];
}

test.for<[readonly string[], string, string]>([
  [['', ''], 'slice-1', 'slice-0'],
  [['', 'T'], 'slice-0', 'slice-0'],
  [['T', ''], 'slice-1', 'slice-0'],
  [['T', 'T'], 'slice-1', 'slice-0'],
  [['', 'U'], 'slice-1', 'slice-0'],
  [['L', ''], 'slice-1', 'slice-0'],
  [['', 'L'], 'slice-1', 'slice-1'],
  [['L', 'L'], 'slice-1', 'slice-1'],
  [['', 'L', ''], 'slice-2', 'slice-1'],
  [['', 'LT'], 'slice-0', 'slice-1'],
  [['', 'T', ''], 'slice-2', 'slice-0'],
])('of one endpoint in slices %o release 1.36 takes %s and 1.30 %s', ([words, newer, older]) => {
  expect(winner('1.36', ...words)).toBe(newer);
  expect(winner('1.30', ...words)).toBe(older);
});

test('of one endpoint twice in a slice the later counts', () => {
  const endpoints = ['first', 'second'].map((name) => ({
    addresses: ['10.0.0.1'],
    hints: { forZones: [{ name }] },
  }));
  expect(find({ slices: [{ endpoints }] })[0]?.zoneHints).toEqual(['second']);
});

test.for<[Release, Question['gates'], readonly string[], readonly string[]]>([
  ['1.36', {}, ['zone-1', 'zone-2'], ['node-b']],
  ['1.30', {}, ['zone-1', 'zone-2'], []],
  ['1.30', { TopologyAwareHints: false }, [], []],
])('release %s with gates %o sees zone hints %o and node hints %o', (row) => {
  const [release, gates, zoneHints, nodeHints] = row;
  const hints = {
    forZones: [{ name: 'zone-1' }, { name: 'zone-2' }],
    forNodes: [{ name: 'node-b' }],
  };
  const slices = [{ endpoints: [{ addresses: ['10.0.0.1'], hints }] }];
  expect(find({ slices, release, gates: gates ?? {} })).toMatchObject([{ zoneHints, nodeHints }]);
});

function listed({ slices, servicePort, release = '1.36' }: Question): string[] {
  const asked = servicePortOf(servicePort);
  const { endpointSlices } = snapshotOf({ endpointSlices: slices.map(sliceInput) });
  return listEndpoints(endpointSlices, asked, {
    family: asked.family,
    nodeName: 'node-a',
    behaviour: behaviourOf(release, {}),
  }).map(
    ({ endpoint, slice, replacedBy }) => `${endpoint.address} ${slice} ${replacedBy ?? 'taken'}`,
  );
}

test('a list says which slice an endpoint is of, and which one is believed where several have it', () => {
  const terminating = { ready: false, serving: true, terminating: true };
  const slices = [
    { name: 'b', endpoints: [{ addresses: ['10.0.0.1'] }, { addresses: ['10.0.0.2'] }] },
    { name: 'a', endpoints: one },
    { name: 'c', endpoints: [{ addresses: ['10.0.0.1'], conditions: terminating }] },
    { name: 'd', labels: { 'kubernetes.io/service-name': 'other' }, endpoints: one },
    { name: 'e', endpoints: one, ports: [{ name: 'other', port: 80 }] },
  ];
  expect(listed({ slices })).toEqual([
    '10.0.0.1:80 a b',
    '10.0.0.1:80 b taken',
    '10.0.0.1:80 c b',
    '10.0.0.2:80 b taken',
  ]);
  expect(addresses({ slices })).toEqual(['10.0.0.1:80', '10.0.0.2:80']);
});
