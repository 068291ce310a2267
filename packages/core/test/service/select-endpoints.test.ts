import { expect, test } from 'vitest';
import type { Endpoint } from '../../src/service/endpoint.ts';
import {
  clusterReason,
  decideSelection,
  isUsedReason,
  localReason,
  type SelectedEndpoints,
} from '../../src/service/select-endpoints.ts';
import type { ServicePort } from '../../src/service/service-port.ts';
import { behaviourOf } from '../../src/service/behaviour.ts';
import { endpointOf, resolvedOf, servicePortOf } from '../support/model.ts';

/** A letter for what the endpoint is: ready, terminating, unready; then `@` for one of this node; `z` and `n` for hints. */
function endpoints(...words: readonly string[]): Endpoint[] {
  return words.map((word, index) =>
    endpointOf(`10.0.0.${index + 1}`, {
      ready: word.startsWith('r'),
      serving: !word.startsWith('u'),
      terminating: word.startsWith('t'),
      isLocal: word.includes('@'),
      zoneHints: word.includes('z1') ? ['zone-1'] : word.includes('z2') ? ['zone-2'] : [],
      nodeHints: word.includes('n') ? ['node-a'] : [],
    }),
  );
}

function selected(policy: Partial<ServicePort>, ...words: readonly string[]): object {
  const all = endpoints(...words);
  const { cluster, local, reachable, hasAny } = resolvedOf(policy, all).endpoints;
  const names = (list: SelectedEndpoints['cluster']): string =>
    list.map((endpoint) => `${all.indexOf(endpoint) + 1}`).join(' ');
  return {
    cluster: names(cluster),
    local: names(local),
    reachable: names(reachable),
    hasAny,
  };
}

const nothing = { cluster: '', local: '', reachable: '', hasAny: false };
const internalLocal = { internalPolicyLocal: true };
const externalLocal = { externalPolicyLocal: true, nodePort: 30080 };
const bothLocal = { ...internalLocal, ...externalLocal };

test.for<[string, Partial<ServicePort>, readonly string[], object]>([
  ['no endpoints', {}, [], nothing],
  [
    'ready ones',
    {},
    ['r', 'u', 'r@'],
    { ...nothing, cluster: '1 3', reachable: '1 3', hasAny: true },
  ],
  [
    'ready ones before terminating ones',
    {},
    ['t', 'r'],
    { ...nothing, cluster: '2', reachable: '2', hasAny: true },
  ],
  [
    'only terminating ones',
    {},
    ['t', 'u', 't@'],
    { ...nothing, cluster: '1 3', reachable: '1 3', hasAny: true },
  ],
  ['none that is ready or serves', {}, ['u', 'u@'], nothing],
  [
    'the zone',
    {},
    ['rz1', 'rz2', 'rz1'],
    { ...nothing, cluster: '1 3', reachable: '1 3', hasAny: true },
  ],
  [
    'the node',
    {},
    ['rz2n', 'rz1n'],
    { ...nothing, cluster: '1 2', reachable: '1 2', hasAny: true },
  ],
  [
    'terminating ones whatever their zone',
    {},
    ['tz1', 'tz2'],
    { ...nothing, cluster: '1 2', reachable: '1 2', hasAny: true },
  ],
])('policy Cluster takes: %s', ([, policy, words, expected]) => {
  expect(selected(policy, ...words)).toEqual(expected);
});

test.for<[string, Partial<ServicePort>, readonly string[], object]>([
  ['no endpoints', internalLocal, [], nothing],
  [
    'ready ones of this node only',
    internalLocal,
    ['r@', 'r', 'u@'],
    { cluster: '', local: '1', reachable: '1', hasAny: true },
  ],
  ['none here, but some elsewhere', internalLocal, ['r'], { ...nothing, hasAny: true }],
  [
    'none here, but a terminating one elsewhere',
    internalLocal,
    ['t'],
    { ...nothing, hasAny: true },
  ],
  [
    'terminating ones of this node',
    internalLocal,
    ['t@', 'r', 'u@'],
    { cluster: '', local: '1', reachable: '1', hasAny: true },
  ],
  ['none usable anywhere', internalLocal, ['u@', 'u'], nothing],
  [
    'hints do not matter',
    internalLocal,
    ['r@z2', 'rz1'],
    { cluster: '', local: '1', reachable: '1', hasAny: true },
  ],
])('internal policy Local takes: %s', ([, policy, words, expected]) => {
  expect(selected(policy, ...words)).toEqual(expected);
});

test.for<[string, Partial<ServicePort>, readonly string[], object]>([
  [
    'all for local traffic, and those here',
    externalLocal,
    ['r@', 'r'],
    { cluster: '1 2', local: '1', reachable: '1 2', hasAny: true },
  ],
  [
    'the same with both policies',
    bothLocal,
    ['r@', 'r'],
    { cluster: '1 2', local: '1', reachable: '1 2', hasAny: true },
  ],
  [
    'none here',
    externalLocal,
    ['r', 'r'],
    { cluster: '1 2', local: '', reachable: '1 2', hasAny: true },
  ],
  [
    'a terminating one here beside ready ones elsewhere',
    externalLocal,
    ['t@', 'r'],
    { cluster: '2', local: '1', reachable: '1 2', hasAny: true },
  ],
  [
    'only terminating ones',
    externalLocal,
    ['t@', 't'],
    { cluster: '1 2', local: '1', reachable: '1 2', hasAny: true },
  ],
  [
    'those of the zone, and those here',
    externalLocal,
    ['r@z2', 'rz1', 'rz2'],
    { cluster: '2', local: '1', reachable: '1 2', hasAny: true },
  ],
  [
    'without exposure, as policy Cluster',
    { externalPolicyLocal: true },
    ['r@', 'r'],
    { cluster: '1 2', local: '', reachable: '1 2', hasAny: true },
  ],
])('external policy Local takes: %s', ([, policy, words, expected]) => {
  expect(selected(policy, ...words)).toEqual(expected);
});

test('a ready endpoint that is also terminating counts as ready', () => {
  const endpoint = endpointOf('10.0.0.1', { terminating: true });
  expect(resolvedOf({}, [endpoint]).endpoints.cluster).toEqual([endpoint]);
});

test('an endpoint that terminates and does not serve is never used', () => {
  const endpoint = endpointOf('10.0.0.1', { ready: false, serving: false, terminating: true });
  expect(resolvedOf({}, [endpoint]).endpoints).toEqual({
    cluster: [],
    local: [],
    reachable: [],
    hasAny: false,
  });
});

test('lists of both policies are joined in the order of their address text', () => {
  const here = endpointOf('10.0.0.1', { isLocal: true, zoneHints: ['zone-2'] });
  const near = endpointOf('10.0.0.10', { zoneHints: ['zone-1'] });
  const { reachable } = resolvedOf({ externalPolicyLocal: true, nodePort: 30080 }, [
    near,
    here,
  ]).endpoints;
  expect(reachable.map(({ address }) => address)).toEqual(['10.0.0.10:80', '10.0.0.1:80']);
});

function reasons(policy: Partial<ServicePort>, ...words: readonly string[]): string[] {
  const all = endpoints(...words);
  const selection = decideSelection(servicePortOf(policy), all, {
    topology: { nodeName: 'node-a', zone: 'zone-1' },
    behaviour: behaviourOf('1.36', {}),
  });
  return all.map((one) => `${clusterReason(one, selection)}; ${localReason(one, selection)}`);
}

const remote = 'on another node';
const lastResort = 'terminating, and used because none is ready';

test.for<[readonly string[], readonly string[]]>([
  [
    ['r@', 'u@', 't@', 'r'],
    ['ready; ready', 'not ready; not ready', 'terminating; terminating', `ready; ${remote}`],
  ],
  [
    ['t@', 'u@', 'r'],
    [`terminating; ${lastResort}`, 'not ready; not ready', `ready; ${remote}`],
  ],
  [
    ['t', 't@', 'u'],
    [`${lastResort}; ${remote}`, `${lastResort}; ${lastResort}`, `not ready; ${remote}`],
  ],
  [
    ['r@z1', 'rz2', 'uz1'],
    [`hinted for this zone; ready`, `hinted for another zone; ${remote}`, `not ready; ${remote}`],
  ],
])('%j: why each is used or not', ([words, expected]) => {
  expect(reasons(bothLocal, ...words)).toEqual(expected);
});

test('hints for nodes, and an endpoint of no node', () => {
  const all = [
    endpointOf('10.0.0.1', { nodeHints: ['node-a'] }),
    endpointOf('10.0.0.2', { nodeHints: ['node-b'], nodeName: undefined }),
  ];
  const selection = decideSelection(servicePortOf(externalLocal), all, {
    topology: { nodeName: 'node-a', zone: '' },
    behaviour: behaviourOf('1.36', {}),
  });
  expect(all.map((one) => clusterReason(one, selection))).toEqual([
    'hinted for this node',
    'hinted for another node',
  ]);
  expect(all.map((one) => localReason(one, selection))).toEqual([
    'on another node',
    'on no node that is named',
  ]);
});

test('used are those that the reasons say, and no others', () => {
  for (const words of [
    ['r@', 't', 'u'],
    ['t@', 'r'],
    ['rz1', 'rz2@'],
    ['t@z1', 't'],
  ]) {
    const all = endpoints(...words);
    const { cluster, local } = resolvedOf(bothLocal, all).endpoints;
    const selection = decideSelection(servicePortOf(bothLocal), all, {
      topology: { nodeName: 'node-a', zone: 'zone-1' },
      behaviour: behaviourOf('1.36', {}),
    });
    const usedBy = (reason: typeof clusterReason): Endpoint[] =>
      all.filter((one) => isUsedReason(reason(one, selection)));
    expect({ cluster, local }).toEqual({
      cluster: usedBy(clusterReason),
      local: usedBy(localReason),
    });
  }
});
