import {
  compile,
  parseSnapshot,
  renderFiles,
  type NftablesTable,
  type Statement,
} from '@kube-rules/core';
import {
  arbitraryCluster,
  printCluster,
  type Cluster,
  type ClusterConstraints,
  type Service,
} from '@kube-rules/fixtures';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectOnlyKnownLines } from './support/known-lines.ts';

function tablesOf(cluster: Cluster): readonly NftablesTable[] {
  const { snapshot } = parseSnapshot(printCluster(cluster));
  const { ipv4, ipv6 } = compile(snapshot, 'nftables', { layout: 'fast' });
  return [ipv4.table, ipv6.table];
}

function clusters(constraints: ClusterConstraints = {}): fc.Arbitrary<Cluster> {
  return arbitraryCluster({ mode: 'nftables', ...constraints });
}

function statementsOf({ chains }: NftablesTable): Statement[] {
  return chains.flatMap(({ rules }) => rules.flatMap((rule) => rule.statements));
}

/** Where rules and elements lead. */
function targetsOf(table: NftablesTable): string[] {
  const verdicts = statementsOf(table).flatMap((statement) => {
    if (statement.kind === 'verdict') return [statement.verdict];
    return statement.kind === 'randomVerdict' ? statement.verdicts : [];
  });
  const ofElements = table.maps.flatMap((map) => map.elements.map(({ verdict }) => verdict));
  return [...verdicts, ...ofElements].flatMap((verdict) =>
    verdict === undefined || verdict.kind === 'drop' ? [] : [verdict.chain],
  );
}

/** The sets and maps that a statement looks into or writes to. */
function containersIn(statement: Statement): string[] {
  if (statement.kind === 'vmap' || statement.kind === 'mapDNAT') return [statement.map];
  if (statement.kind === 'update') return [statement.set];
  return statement.kind === 'match' && statement.right.kind === 'set' ? [statement.right.name] : [];
}

test('all that is led to, looked into or written to is there, once', () => {
  const used = new Set<string>();
  let targetCount = 0;
  fc.assert(
    fc.property(clusters(), (cluster) => {
      for (const table of tablesOf(cluster)) {
        const chains = table.chains.map(({ name }) => name as string);
        const containers = [...table.sets, ...table.maps].map(({ name }) => name as string);
        for (const names of [chains, containers]) expect(new Set(names).size).toBe(names.length);
        const targets = targetsOf(table);
        expect(targets.filter((name) => !chains.includes(name))).toEqual([]);
        const named = statementsOf(table).flatMap(containersIn);
        expect(named.filter((name) => !containers.includes(name))).toEqual([]);
        targetCount += targets.length;
        for (const name of named) used.add(name);
      }
    }),
    { numRuns: 150 },
  );
  expect(targetCount).toBeGreaterThan(2000);
  expect(used.size).toBeGreaterThan(30);
});

test('a rule that translates finds its slot in the map, for each key that leads to its chain', () => {
  let looked = 0;
  fc.assert(
    fc.property(clusters({ maxServices: 5 }), (cluster) => {
      for (const table of tablesOf(cluster)) {
        const counts = new Map<string, number>();
        for (const { elements } of table.maps) {
          for (const { key, destination } of elements) {
            if (destination) counts.set(key.slice(0, -1).join(' '), Number(key.at(-1)) + 1);
          }
        }
        const verdicts = table.maps.flatMap(({ elements }) => elements);
        for (const { key, verdict } of verdicts) {
          const chain = verdict?.kind === 'goto' ? (verdict.chain as string) : '';
          const count = /^(?:nodeport-)?dispatch-\w+-(\d+)$/.exec(chain)?.[1];
          if (count === undefined) continue;
          const place = key.filter((part) => !/^[a-z]+$/.test(part)).join(' ');
          expect(counts.get(place) ?? 0).toBeGreaterThanOrEqual(1);
          looked += 1;
        }
      }
    }),
    { numRuns: 60 },
  );
  expect(looked).toBeGreaterThan(30);
});

/** Names of chains for lists of endpoints, and what a name says of the list. */
const shared =
  /^(?:nodeport-)?(?:(?:dispatch|local)-(?:tcp|udp|sctp)-\d+|affinity-(?:tcp|udp|sctp)-\d+-(?:slot-\d+|[\d.-]+))$/;

const declare = ({ sets, maps }: NftablesTable): unknown =>
  [...sets, ...maps].map((container) => ({ ...container, elements: [] }));

test('besides what every node has there are only chains for shapes of lists', () => {
  const empty = { services: [], endpointSlices: [] };
  let sharedCount = 0;
  fc.assert(
    fc.property(clusters(), (cluster) => {
      const tables = tablesOf(cluster);
      for (const [index, base] of tablesOf({ ...cluster, ...empty }).entries()) {
        const table = tables[index]!;
        expect(declare(table)).toEqual(declare(base));
        const own = table.chains.filter(({ name }) => !shared.test(name));
        expect(own).toEqual(base.chains);
        sharedCount += table.chains.length - own.length;
      }
    }),
    { numRuns: 100 },
  );
  expect(sharedCount).toBeGreaterThan(300);
});

/**
 * A rule names a map of slots once for each count of endpoints that occurs, and for 1; with affinity
 * once for each slot and timeout, and a set of clients also for each slot of each list.
 */
function boundsOf(table: NftablesTable): ReadonlyMap<string, number> {
  const bounds = new Map<string, number>();
  const add = (name: string): void => void bounds.set(name, (bounds.get(name) ?? 0) + 1);
  for (const { name } of table.chains) {
    const [, prefix = '', kind, protocol, rest = ''] =
      /^(nodeport-)?(dispatch|local|affinity)-([a-z]+)-(.*)$/.exec(name) ?? [];
    if (kind === 'dispatch') add(`${prefix}endpoints-${protocol}`);
    if (kind === 'local') add(`${prefix}local-endpoints-${protocol}`);
    if (kind !== 'affinity') continue;
    if (rest.includes('slot')) add(`${prefix}endpoints-${protocol}`);
    if (rest.includes('slot')) add(`${prefix}affinity-${protocol}`);
    else for (const _ of slotsIn(rest)) add(`${prefix}affinity-${protocol}`);
  }
  return bounds;
}

/** The slots of `TIMEOUT-0-2.5`. */
function slotsIn(shape: string): number[] {
  const runs = shape.slice(shape.indexOf('-') + 1).split('.');
  return runs.flatMap((run) => {
    const [first = 0, last = first] = run.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

const fixedBounds: Readonly<Record<string, number>> = {
  'cluster-ips': 2,
  'external-ips': 2,
  'external-nodeports': 2,
  'nodeport-ips': 2,
};

test('few rules name a set or map: a number that depends on the shapes of lists alone', () => {
  let most = 0;
  fc.assert(
    fc.property(clusters({ maxServices: 12 }), (cluster) => {
      for (const table of tablesOf(cluster)) {
        const bounds = boundsOf(table);
        const counts = new Map<string, number>();
        for (const name of statementsOf(table).flatMap(containersIn))
          counts.set(name, (counts.get(name) ?? 0) + 1);
        for (const [name, count] of counts) {
          const bound = /(?:endpoints|affinity)-(?:tcp|udp|sctp)$/.test(name)
            ? (bounds.get(name) ?? 0)
            : (fixedBounds[name] ?? 1);
          expect([name, count <= bound]).toEqual([name, true]);
          most = Math.max(most, count);
        }
      }
    }),
    { numRuns: 100 },
  );
  expect(most).toBeGreaterThan(5);
});

const move = (text: string): string =>
  text
    .replace(/^10\.96\./, '10.97.')
    .replace('fd00:10:96::', 'fd00:10:97::')
    .replace(/^(198|203|192)\.\d+\.\d+\./, '100.64.$1.')
    .replace(/^2001:db8:(\d+)::/, '2001:db8:9$1::');

const copyService = (service: Service): Service => ({
  ...service,
  metadata: { ...service.metadata, namespace: `copy-${service.metadata.namespace}`.slice(0, 63) },
  spec: {
    ...service.spec,
    ...(service.spec.clusterIP && { clusterIP: move(service.spec.clusterIP) }),
    ...(service.spec.clusterIPs && { clusterIPs: service.spec.clusterIPs.map(move) }),
    ...(service.spec.externalIPs && { externalIPs: service.spec.externalIPs.map(move) }),
    ports: service.spec.ports.map(({ nodePort, ...port }) => ({
      ...port,
      ...(nodePort !== undefined && { nodePort: nodePort - 10_000 }),
    })),
  },
  status: {
    loadBalancer: {
      ...(service.status.loadBalancer.ingress && {
        ingress: service.status.loadBalancer.ingress.map((one) => ({
          ...one,
          ...(one.ip !== undefined && { ip: move(one.ip) }),
        })),
      }),
    },
  },
});

/** The same Services once more, under other names, cluster IPs, external addresses and node ports. */
function twice(cluster: Cluster): Cluster {
  const slices = cluster.endpointSlices.map((slice) => ({
    ...slice,
    metadata: { ...slice.metadata, namespace: `copy-${slice.metadata.namespace}`.slice(0, 63) },
  }));
  return {
    ...cluster,
    services: [...cluster.services, ...cluster.services.map(copyService)],
    endpointSlices: [...cluster.endpointSlices, ...slices],
  };
}

const withoutElements = (table: NftablesTable): unknown => ({
  chains: table.chains,
  declarations: [...table.sets, ...table.maps].map((container) => ({ ...container, elements: [] })),
});

function countClusterIPs({ sets }: NftablesTable): number {
  return sets.find(({ name }) => name === 'cluster-ips')?.elements.length ?? 0;
}

test('as many Services again, of the same shapes, are elements and nothing else', () => {
  let grown = 0;
  fc.assert(
    fc.property(clusters({ sharedAddresses: false }), (cluster) => {
      const tables = tablesOf(cluster);
      for (const [index, more] of tablesOf(twice(cluster)).entries()) {
        expect(withoutElements(more)).toEqual(withoutElements(tables[index]!));
        expect(countClusterIPs(more)).toBe(2 * countClusterIPs(tables[index]!));
        grown += countClusterIPs(more);
      }
    }),
    { numRuns: 100 },
  );
  expect(grown).toBeGreaterThan(300);
});

test('elements are of the type of their set or map, once; ranges of one key do not overlap', () => {
  let ranges = 0;
  fc.assert(
    fc.property(clusters(), (cluster) => {
      for (const { sets, maps } of tablesOf(cluster)) {
        for (const { name, type, elements } of [...sets, ...maps]) {
          const length =
            'kind' in type ? (type.kind === 'concatenation' ? type.parts.length : 1) : type.length;
          const keys = elements.map(({ key }) => key.join(' . '));
          expect(new Set(keys).size).toBe(keys.length);
          for (const { key } of elements) expect([name, key.length]).toEqual([name, length]);
          if (name === 'firewall-sources') ranges += keys.length;
        }
        for (const { data, elements } of maps) {
          for (const { verdict, destination } of elements) {
            expect(verdict === undefined).toBe(data !== 'verdict');
            expect(destination === undefined).toBe(data === 'verdict');
          }
        }
        for (const { elements } of sets)
          for (const element of elements) expect(Object.keys(element)).toEqual(['key', 'origin']);
      }
    }),
    { numRuns: 200 },
  );
  expect(ranges).toBeGreaterThan(3);
});

test('every document has known lines only', () => {
  fc.assert(
    fc.property(clusters(), (cluster) => {
      const { snapshot } = parseSnapshot(printCluster(cluster));
      const ruleset = compile(snapshot, 'nftables', { layout: 'fast' });
      for (const form of ['restore', 'script'] as const)
        expectOnlyKnownLines(renderFiles(ruleset, { form }), {
          form,
          mode: 'nftables',
          layout: 'fast',
        });
    }),
    { numRuns: 60 },
  );
});
