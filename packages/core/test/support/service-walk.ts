import { compile, type NftablesRuleset, type NftablesTable } from '@kube-rules/core';
import { nodeInput, serviceInput, sliceInput, snapshotOf, type ServiceFields } from './cluster.ts';

/** Endpoints 0 … 7 by the bits of a number; the even ones are on the node. */
export function endpointIPs(bits: number): string[] {
  return Array.from({ length: 8 }, (_, index) => index)
    .filter((index) => (bits >> index) % 2 === 1)
    .map((index) => `10.180.0.${index}`);
}

function isHere(ip: string): boolean {
  return Number(ip.at(-1)) % 2 === 0;
}

export interface ServiceOptions {
  /** In place of the Service `ns1/svc1`, with its cluster IP 172.30.0.41. */
  readonly fields?: ServiceFields;
  readonly previous?: NftablesRuleset | undefined;
  readonly time?: number;
}

/** The fast rules of the one Service `ns1/svc1` with these endpoints. */
export function compileService(
  bits: number,
  { fields = {}, previous, time = 0 }: ServiceOptions,
): NftablesRuleset {
  const endpoints = endpointIPs(bits).map((ip) => ({
    addresses: [ip],
    nodeName: isHere(ip) ? 'node-a' : 'node-b',
  }));
  const snapshot = snapshotOf({
    nodes: [nodeInput({ status: { addresses: [{ type: 'InternalIP', address: '192.0.2.11' }] } })],
    services: [serviceInput(fields)],
    endpointSlices: [sliceInput({ endpoints })],
    config: { clusterCIDR: '10.180.0.0/16' },
  });
  return compile(snapshot, 'nftables', {
    layout: 'fast',
    time,
    ...(previous && { previous }),
  });
}

/** A Service that has every kind of address, in policy Local. */
export const everywhere: ServiceFields = {
  type: 'LoadBalancer',
  ports: [{ name: 'p80', port: 80, nodePort: 3001 }],
  externalIPs: ['1.2.3.4'],
  ingress: [{ ip: '5.6.7.8' }],
  externalTrafficPolicy: 'Local',
};

/** The endpoint in each slot, by the map and the rest of the key. */
export function slotsOf(table: NftablesTable): ReadonlyMap<string, ReadonlyMap<number, string>> {
  const lists = new Map<string, Map<number, string>>();
  for (const { name, elements } of table.maps) {
    for (const { key, destination } of elements) {
      if (!destination) continue;
      const list = `${name} ${key.slice(0, -1).join(' . ')}`;
      const slots = lists.get(list) ?? new Map<number, string>();
      lists.set(list, slots.set(Number(key.at(-1)), destination.ip));
    }
  }
  return lists;
}

/** The slots in which verdicts of the table choose for new clients, by the name of the chain. */
export function chosenSlots({
  chains,
  maps,
}: NftablesTable): ReadonlyMap<string, readonly number[]> {
  const named = new Set(
    maps.flatMap(({ elements }) => elements.map(({ verdict }) => chainOf(verdict))),
  );
  const used = chains.filter(({ name }) => named.has(name) && name.includes('affinity-'));
  return new Map(
    used.map(({ name, rules }) => {
      const [any] = rules.at(-1)?.statements ?? [];
      const verdicts = any?.kind === 'randomVerdict' ? any.verdicts : [];
      return [name, verdicts.map((verdict) => Number(chainOf(verdict).split('-slot-')[1]))];
    }),
  );
}

function chainOf(verdict: { readonly kind: string; readonly chain?: string } | undefined): string {
  return verdict?.chain ?? '';
}
