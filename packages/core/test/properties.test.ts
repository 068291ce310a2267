import {
  compile,
  forms,
  modes,
  parseSnapshot,
  renderFiles,
  type IptablesFamily,
  type IptablesRuleset,
  type Mode,
  type NftablesTable,
  type Origin,
  type Release,
  type Ruleset,
  type Snapshot,
} from '@kube-rules/core';
import {
  arbitraryCluster,
  clusterObjects,
  printCluster,
  type Cluster,
  type ClusterObject,
} from '@kube-rules/fixtures';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupBy } from '../src/util/group-by.ts';
import { deepFreeze } from './support/deep-freeze.ts';

const releases: readonly Release[] = ['1.30', '1.36'];
const releasesOf: Readonly<Record<Mode, readonly Release[]>> = {
  iptables: releases,
  ipvs: releases,
  userspace: releases,
  nftables: ['1.36'],
};

function snapshotOf(objects: Cluster | readonly ClusterObject[]): Snapshot {
  return parseSnapshot(printCluster(objects)).snapshot;
}

/** A generated cluster as one of the releases knows it. */
function arbitraryInput(
  mode: Mode = 'iptables',
): fc.Arbitrary<{ readonly cluster: Cluster; readonly release: Release }> {
  return fc
    .constantFrom(...releasesOf[mode])
    .chain((release) =>
      arbitraryCluster({ release, mode }).map((cluster) => ({ cluster, release })),
    );
}

function compileInput({
  cluster,
  release,
}: {
  cluster: Cluster;
  release: Release;
}): IptablesRuleset {
  return compile(snapshotOf(cluster), 'iptables', { release });
}

function familiesOf({ ipv4, ipv6 }: IptablesRuleset): readonly IptablesFamily[] {
  return [ipv4, ipv6];
}

type Shuffle = <Item>(items: readonly Item[]) => Item[];

/** One random order for lists of any length. */
function arbitraryShuffle(): fc.Arbitrary<Shuffle> {
  return fc.array(fc.nat(), { minLength: 64, maxLength: 64 }).map(
    (keys): Shuffle =>
      (items) =>
        items
          .map((item, index) => ({
            item,
            key: ((keys[index % keys.length] ?? 0) + index * index) % 97,
          }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ item }) => item),
  );
}

/** Endpoints of one address stay in their order: there the later one counts. */
function shuffleEndpoints<Item extends { readonly addresses: readonly string[] }>(
  items: readonly Item[],
  shuffle: Shuffle,
): Item[] {
  const waiting = groupBy(items, ({ addresses }) => addresses[0]);
  return shuffle(items).flatMap(({ addresses }) => waiting.get(addresses[0])?.shift() ?? []);
}

function shuffleCluster(cluster: Cluster, shuffle: Shuffle): ClusterObject[] {
  const endpointSlices = cluster.endpointSlices.map((slice) => ({
    ...slice,
    ports: shuffle(slice.ports),
    endpoints: shuffleEndpoints(slice.endpoints, shuffle),
  }));
  const services = cluster.services.map(({ spec, ...service }) => ({
    ...service,
    spec: { ...spec, ports: shuffle(spec.ports) },
  }));
  return shuffle(clusterObjects({ ...cluster, endpointSlices, services }));
}

test.for(modes)(
  'mode %s: the order of objects, slices, ports and endpoints does not matter',
  (mode) => {
    let reordered = 0;
    fc.assert(
      fc.property(arbitraryInput(mode), arbitraryShuffle(), ({ cluster, release }, shuffle) => {
        const shuffled = shuffleCluster(cluster, shuffle);
        if (printCluster(shuffled) !== printCluster(cluster)) reordered++;
        const render = (objects: Cluster | readonly ClusterObject[]): unknown =>
          renderFiles(compile(snapshotOf(objects), mode, { release }));
        expect(render(shuffled)).toEqual(render(cluster));
      }),
      { numRuns: 200 },
    );
    expect(reordered).toBeGreaterThan(100);
  },
);

test.for(modes)(
  'mode %s: compile and renderFiles write to nothing, and say the same each time',
  (mode) => {
    fc.assert(
      fc.property(arbitraryInput(mode), ({ cluster, release }) => {
        const snapshot = snapshotOf(cluster);
        const before = structuredClone(snapshot);
        const first = deepFreeze(compile(deepFreeze(snapshot), mode, { release }));
        const second = compile(before, mode, { release });
        expect(snapshot).toEqual(before);
        expect(second).toEqual(first);
        for (const form of forms)
          expect(renderFiles(second, { form })).toEqual(renderFiles(first, { form }));
      }),
    );
  },
);

test.for(modes)('mode %s: rules are plain data that JSON keeps', (mode) => {
  fc.assert(
    fc.property(arbitraryInput(mode), ({ cluster, release }) => {
      const ruleset: Ruleset = compile(snapshotOf(cluster), mode, { release });
      const copy = JSON.parse(JSON.stringify(ruleset)) as Ruleset;
      expect(copy).toEqual(ruleset);
      expect(renderFiles(copy)).toEqual(renderFiles(ruleset));
    }),
  );
});

/** Why each part of a ruleset is there. */
function originsOf(ruleset: Ruleset): Origin[] {
  if (ruleset.mode === 'nftables') return originsOfTables([ruleset.ipv4.table, ruleset.ipv6.table]);
  const documents = [ruleset.ipv4.document, ruleset.ipv6.document];
  const rules = documents.flatMap(({ tables }) => tables.flatMap((table) => table.rules));
  const ipvs = ruleset.mode === 'ipvs' ? [ruleset.ipv4, ruleset.ipv6] : [];
  const entries = ipvs.flatMap(({ ipsets }) => ipsets.flatMap((set) => set.entries));
  const servers = ipvs.flatMap(({ virtualServers }) => virtualServers);
  const parts = [...rules, ...entries, ...servers, ...servers.flatMap((one) => one.realServers)];
  return parts.map(({ origin }) => origin);
}

function originsOfTables(tables: readonly NftablesTable[]): Origin[] {
  return tables.flatMap(({ chains, sets, maps }) => [
    ...chains.flatMap(({ rules }) => rules.map(({ origin }) => origin)),
    ...[...sets, ...maps].flatMap(({ elements }) => elements.map(({ origin }) => origin)),
  ]);
}

test.for(modes)(
  'mode %s: everything has an origin, whose service port and endpoint are in the snapshot',
  (mode) => {
    let owned = 0;
    fc.assert(
      fc.property(arbitraryInput(mode), ({ cluster, release }) => {
        const { services, endpointSlices } = cluster;
        const servicePorts = new Set(
          services.flatMap(({ metadata: { namespace, name }, spec }) =>
            spec.ports.map(
              (port) =>
                `${namespace}/${name}${port.name === undefined ? '' : `:${port.name}`} ${port.protocol.toLowerCase()}`,
            ),
          ),
        );
        const addresses = new Set(
          endpointSlices.flatMap(({ endpoints }) => endpoints.flatMap((one) => one.addresses)),
        );
        for (const origin of originsOf(compile(snapshotOf(cluster), mode, { release }))) {
          expect(origin.reason).not.toBe('');
          if (origin.servicePort === undefined) continue;
          owned++;
          expect(servicePorts).toContain(`${origin.servicePort} ${origin.protocol}`);
          if (origin.endpoint)
            expect(addresses).toContain(origin.endpoint.address.replace(/^\[?(.*?)\]?:\d+$/, '$1'));
        }
      }),
    );
    expect(owned).toBeGreaterThan(1000);
  },
);

const builtIn: Readonly<Record<string, readonly string[]>> = {
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
};

test('every chain that is used is declared, once, and every chain of a service is reached', () => {
  fc.assert(
    fc.property(arbitraryInput(), (input) => {
      for (const { document, jumps } of familiesOf(compileInput(input))) {
        for (const { name, chains, rules } of document.tables) {
          const made = jumps.filter(({ table }) => table === name);
          const declared = new Set<string>(chains);
          expect(declared.size).toBe(chains.length);
          for (const step of made)
            if (step.kind === 'prepend') expect(builtIn[name]).toContain(step.rule.chain);
          for (const { chain } of rules) expect(declared).toContain(chain);
          const targets = rules.flatMap(({ chain, target }) =>
            target?.kind === 'jump' ? [[chain, target.chain] as const] : [],
          );
          for (const [, chain] of targets) expect(declared).toContain(chain);
          const reached = new Set(
            chains.filter((chain) => !/^KUBE-(?:SVC|SVL|EXT|FW|SEP)-/.test(chain)),
          );
          // A set yields what is added while it is walked.
          for (const chain of reached)
            for (const [from, to] of targets) if (from === chain) reached.add(to);
          expect([...reached].toSorted()).toEqual(chains.toSorted());
        }
      }
    }),
  );
});

test('probabilities share the traffic of a chain equally', () => {
  let spread = 0;
  fc.assert(
    fc.property(arbitraryInput(), (input) => {
      for (const { document } of familiesOf(compileInput(input))) {
        const rules = document.tables.flatMap((table) => table.rules);
        const shares = rules.filter(({ origin }) => origin.reason === 'load balancing');
        for (const [, own] of groupBy(shares, ({ chain }) => chain)) {
          const counts = own.map(
            ({ matches }) => matches.find((match) => match.kind === 'statistic')?.oneIn,
          );
          expect(counts).toEqual(
            own.map((_, index) => (index === own.length - 1 ? undefined : own.length - index)),
          );
          if (own.length > 1) spread++;
        }
      }
    }),
  );
  expect(spread).toBeGreaterThan(10);
});
