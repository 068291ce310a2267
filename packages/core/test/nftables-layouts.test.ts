import { compile, parseSnapshot, type NftablesFamily, type NftablesTable } from '@kube-rules/core';
import { arbitraryCluster, printCluster, type ClusterConstraints } from '@kube-rules/fixtures';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fatesOf, type Packet } from './support/nft-evaluator.ts';

interface Layouts {
  readonly kubeProxy: NftablesTable;
  readonly fast: NftablesTable;
  readonly family: NftablesFamily['family'];
}

function arbitraryLayouts(constraints: ClusterConstraints): fc.Arbitrary<readonly Layouts[]> {
  return arbitraryCluster({ mode: 'nftables', ...constraints }).map((cluster) => {
    const { snapshot } = parseSnapshot(printCluster(cluster));
    const kubeProxy = compile(snapshot, 'nftables');
    const fast = compile(snapshot, 'nftables', { layout: 'fast' });
    return (['ipv4', 'ipv6'] as const).map((prefix) => ({
      kubeProxy: kubeProxy[prefix].table,
      fast: fast[prefix].table,
      family: fast[prefix].family,
    }));
  });
}

type Source = Pick<Packet, 'source' | 'interface'>;

/** Pods of this node and of another, the node, and clients within and without source ranges. */
const sources: Readonly<Record<NftablesFamily['family'], readonly Source[]>> = {
  IPv4: [
    { source: '10.244.1.3', interface: 'cni0' },
    { source: '10.244.2.3', interface: 'veth5' },
    { source: '192.0.2.11', interface: '' },
    { source: '198.18.0.9', interface: 'eth0' },
    { source: '8.8.8.8', interface: 'eth0' },
  ],
  IPv6: [
    { source: 'fd00:10:244:1::3', interface: 'cni0' },
    { source: 'fd00:10:244:2::3', interface: 'veth5' },
    { source: '2001:db8:1::11', interface: '' },
    { source: '2001:db8:9::9', interface: 'eth0' },
    { source: '2600::1', interface: 'eth0' },
  ],
};

const nodeAddresses = new Set(['192.0.2.11', '127.0.0.1', '2001:db8:1::11', '::1']);

function keysOf(table: NftablesTable, names: readonly string[]): (readonly string[])[] {
  const found = [...table.maps, ...table.sets].filter(({ name }) => names.includes(name));
  return found.flatMap(({ elements }) => elements.map(({ key }) => key));
}

type Target = Pick<Packet, 'destination' | 'protocol' | 'port'>;

/** Every address and node port that either table knows, and some ports that none has. */
function targetsOf({ kubeProxy, fast, family }: Layouts): Target[] {
  const both = (...names: readonly string[]): (readonly string[])[] => [
    ...keysOf(kubeProxy, names),
    ...keysOf(fast, names),
  ];
  const ofAddress = both('service-ips', 'no-endpoint-services', 'firewall-ips');
  const ofPort = both('service-nodeports', 'no-endpoint-nodeports');
  const own = family === 'IPv4' ? ['192.0.2.11', '127.0.0.1'] : ['2001:db8:1::11', '::1'];
  const addresses = [...own, ...keysOf(kubeProxy, ['nodeport-ips']).flat()];
  const targets = [
    ...ofAddress,
    ...keysOf(kubeProxy, ['cluster-ips']).map(([ip]) => [ip, 'tcp', '4444']),
    ...ofPort.flatMap((key) => addresses.map((ip) => [ip, ...key])),
  ].map(([destination = '', protocol = '', port]) => ({
    destination,
    protocol,
    port: Number(port),
  }));
  return [...new Map(targets.map((target) => [JSON.stringify(target), target])).values()];
}

interface Comparison {
  readonly packet: Packet;
  readonly fates: readonly string[];
}

/** The fates of every packet in one layout, and in the other. */
function compareLayouts(layouts: Layouts): [kubeProxy: Comparison[], fast: Comparison[]] {
  const packets = targetsOf(layouts).flatMap((target) =>
    sources[layouts.family].map((source): Packet => ({ ...target, ...source })),
  );
  const here = new Set([...nodeAddresses, ...keysOf(layouts.kubeProxy, ['nodeport-ips']).flat()]);
  const fates = (table: NftablesTable): Comparison[] =>
    packets.map((packet) => ({ packet, fates: fatesOf(packet, table, here) }));
  return [fates(layouts.kubeProxy), fates(layouts.fast)];
}

function kindOf(fate: string): string {
  if (!fate.includes(' ')) return fate;
  return fate.endsWith('masqueraded') ? 'masqueraded' : 'forwarded';
}

test.for<[string, ClusterConstraints]>([
  ['any clusters, in which Services may share addresses', {}],
  ['one Service', { maxServices: 1 }],
  ['many Services of few endpoints', { maxServices: 16, maxEndpoints: 2 }],
])('both layouts lead every packet to the same endpoints: %s', ([, constraints]) => {
  const seen = new Map<string, number>();
  let spread = 0;
  fc.assert(
    fc.property(arbitraryLayouts(constraints), (families) => {
      for (const layouts of families) {
        const [kubeProxy, fast] = compareLayouts(layouts);
        expect(fast).toEqual(kubeProxy);
        for (const { fates } of fast) {
          for (const kind of new Set(fates.map(kindOf))) seen.set(kind, (seen.get(kind) ?? 0) + 1);
          if (fates.length > 1) spread += 1;
        }
      }
    }),
    { numRuns: 80 },
  );
  expect([...seen.keys()].toSorted()).toEqual(['drop', 'forwarded', 'masqueraded', 'reject']);
  expect(Math.min(...seen.values())).toBeGreaterThan(5);
  expect(spread).toBeGreaterThan(50);
});
