import { expect, test } from 'vitest';
import { behaviourOf } from '../../src/service/behaviour.ts';
import type { Endpoint } from '../../src/service/endpoint.ts';
import type { Release } from '../../src/service/release.ts';
import {
  chooseTopology,
  isWithinTopology,
  type TopologyChoice,
} from '../../src/service/topology.ts';
import { endpointOf, servicePortOf } from '../support/model.ts';

type Hints = Pick<Endpoint, 'nodeHints' | 'zoneHints'>;

const none: Hints = { nodeHints: [], zoneHints: [] };
const zone = (...zoneHints: string[]): Hints => ({ ...none, zoneHints });
const node = (...nodeHints: string[]): Hints => ({ ...none, nodeHints });
const both = (nodeHint: string, zoneHint: string): Hints => ({
  nodeHints: [nodeHint],
  zoneHints: [zoneHint],
});

interface Situation {
  readonly release?: Release;
  readonly hints: readonly Hints[];
  readonly unready?: readonly Hints[];
  readonly zone?: string;
  readonly annotated?: boolean;
  readonly gates?: Readonly<Record<string, boolean>>;
}

function modeIn(situation: Situation): string {
  return choiceIn(situation).mode;
}

function choiceIn({
  release = '1.36',
  hints,
  unready = [],
  ...situation
}: Situation): TopologyChoice {
  const endpoints = [
    ...hints.map((hint, index) => endpointOf(`10.0.0.${index}`, hint)),
    ...unready.map((hint, index) => endpointOf(`10.0.1.${index}`, { ...hint, ready: false })),
  ];
  return chooseTopology(
    endpoints,
    servicePortOf({ hintsAnnotated: situation.annotated ?? false }),
    {
      topology: { nodeName: 'node-a', zone: situation.zone ?? 'zone-1' },
      behaviour: behaviourOf(release, situation.gates ?? {}),
    },
  );
}

test.for<[string, Situation, string]>([
  ['no endpoint at all', { hints: [] }, 'none'],
  ['none ready', { hints: [], unready: [zone('zone-1')] }, 'none'],
  ['no hints', { hints: [none, none] }, 'none'],
  [
    'every one has a zone, one is ours',
    { hints: [zone('zone-1'), zone('zone-2')] },
    'PreferSameZone',
  ],
  ['several zones on one endpoint', { hints: [zone('zone-2', 'zone-1')] }, 'PreferSameZone'],
  ['one has no zone hint', { hints: [zone('zone-1'), none] }, 'none'],
  ['no zone is ours', { hints: [zone('zone-2'), zone('zone-3')] }, 'none'],
  ['unready ones do not count', { hints: [zone('zone-1')], unready: [none] }, 'PreferSameZone'],
  ['the node has no zone', { zone: '', hints: [zone('zone-1')] }, 'none'],
  [
    'every one has a node, one is ours',
    { hints: [node('node-a'), node('node-b')] },
    'PreferSameNode',
  ],
  ['one has no node hint', { hints: [node('node-a'), none] }, 'none'],
  ['nodes win over zones', { hints: [both('node-a', 'zone-1')] }, 'PreferSameNode'],
  ['no node is ours, but a zone is', { hints: [both('node-b', 'zone-1')] }, 'PreferSameZone'],
  ['annotations are not read', { hints: [zone('zone-1')], annotated: false }, 'PreferSameZone'],
])('release 1.36: %s', ([, situation, expected]) => {
  expect(modeIn(situation)).toBe(expected);
});

test.for<[string, Situation, string]>([
  [
    'annotated, one zone is ours',
    { hints: [zone('zone-1'), zone('zone-2')], annotated: true },
    'PreferSameZone',
  ],
  ['not annotated', { hints: [zone('zone-1')] }, 'none'],
  [
    'annotated, but the node has no zone',
    { zone: '', hints: [zone('zone-1')], annotated: true },
    'none',
  ],
  [
    'annotated, but the node has no zone, even if a hint has none',
    { zone: '', hints: [zone('')], annotated: true },
    'none',
  ],
  ['annotated, but one has no hint', { hints: [zone('zone-1'), none], annotated: true }, 'none'],
  [
    'not annotated, but ServiceTrafficDistribution is on',
    { hints: [zone('zone-1')], gates: { ServiceTrafficDistribution: true } },
    'PreferSameZone',
  ],
])('release 1.30: %s', ([, situation, expected]) => {
  expect(modeIn({ ...situation, release: '1.30' })).toBe(expected);
});

test.for([
  ['none', none, true],
  ['PreferSameNode', node('node-b', 'node-a'), true],
  ['PreferSameNode', node('node-b'), false],
  ['PreferSameZone', zone('zone-1'), true],
  ['PreferSameZone', zone('zone-2'), false],
  ['PreferSameZone', both('node-a', 'zone-2'), false],
] as const)('in mode %s an endpoint with %o is kept: %s', ([mode, hints, kept]) => {
  const topology = { nodeName: 'node-a', zone: 'zone-1' };
  expect(isWithinTopology(endpointOf('10.0.0.1', hints), mode, topology)).toBe(kept);
});

test.for<[string, Situation]>([
  ['no endpoint is ready', { hints: [], unready: [zone('zone-1')] }],
  ['no hints', { hints: [none, none] }],
  ['no hints', { release: '1.30', hints: [none] }],
  ['hints for this node', { hints: [both('node-a', 'zone-2'), node('node-b')] }],
  ['hints for this zone', { hints: [zone('zone-1'), zone('zone-2')] }],
  ['hints are ignored: some endpoints have none', { hints: [zone('zone-1'), none] }],
  ['hints are ignored: some endpoints have none', { hints: [node('node-a'), none] }],
  ['hints are ignored: none is for this zone', { hints: [zone('zone-2')] }],
  [
    'hints are ignored: the Service has no annotation for them',
    { release: '1.30', hints: [zone('zone-1')] },
  ],
  [
    'hints are ignored: the Node has no zone',
    { release: '1.30', hints: [zone('zone-1')], annotated: true, zone: '' },
  ],
])('%s: %j', ([reason, situation]) => {
  expect(choiceIn(situation).reason).toBe(reason);
});
