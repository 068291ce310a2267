import type { Family } from '../../../netaddr/family.ts';
import type { ObjectName } from '../../../ruleset/nftables/index.ts';
import type { Endpoint } from '../../../service/endpoint.ts';
import { uniteEndpoints } from '../../../service/select-endpoints.ts';
import { originOf } from '../../shared/origin-of.ts';
import type { PlacedElement } from '../shared/placed-element.ts';
import type { Claim } from './compile-service-port.ts';
import type { SlotMemory } from './former-slots.ts';
import { entrances } from './objects.ts';
import { affinityChains, dispatchChains, type SlotChains } from './slot-chains.ts';
import { packSlots, stickySlots, type RetiredSlot } from './slots.ts';

/** How a claim's connections find their endpoints. */
export interface Spread {
  readonly elements: readonly PlacedElement[];
  readonly chains: readonly SlotChains[];
  readonly retired: readonly RetiredSlot[];
}

/** Gives the endpoints of a claim their slots, and the claim's keys the chains that choose one. */
export function spreadClaim(claim: Claim, family: Family, memory: SlotMemory): Spread {
  const { affinitySeconds } = claim.servicePort;
  const lists =
    affinitySeconds === undefined
      ? directLists(claim, family, memory)
      : stickyLists(claim, affinitySeconds, { family, memory });
  const { cluster, local } = lists;
  return {
    elements: [...verdicts(claim, cluster?.name, local?.name), ...lists.elements],
    chains: [cluster, local].filter((chains) => chains !== undefined),
    retired: lists.retired,
  };
}

interface Lists {
  /** The chains for each list that has endpoints. */
  readonly cluster: SlotChains | undefined;
  readonly local: SlotChains | undefined;
  readonly elements: readonly PlacedElement[];
  readonly retired: readonly RetiredSlot[];
}

function verdicts(
  { servicePort, reason, entrance, key, policy }: Claim,
  cluster: ObjectName | undefined,
  local: ObjectName | undefined,
): PlacedElement[] {
  const {
    services,
    external,
    local: locals,
    externalChain,
    externalLocalChain,
  } = entrances[entrance];
  const origin = originOf(servicePort, reason);
  const lead = (container: ObjectName, chain: ObjectName | undefined): PlacedElement[] =>
    chain === undefined
      ? []
      : [{ container, element: { key, verdict: { kind: 'goto', chain }, origin } }];
  switch (policy) {
    case 'internal':
      return lead(services, cluster);
    case 'external':
      return [...lead(services, externalChain), ...lead(external, cluster)];
    case 'externalLocal':
      return [
        ...lead(services, externalLocalChain),
        ...lead(external, cluster),
        ...lead(locals, local),
      ];
  }
}

function directLists(claim: Claim, family: Family, memory: SlotMemory): Lists {
  const { servicePort, entrance, place } = claim;
  const { protocol } = servicePort;
  const objects = entrances[entrance].byProtocol[protocol];
  const spread = (
    list: 'endpoints' | 'localEndpoints',
  ): [SlotChains | undefined, PlacedElement[]] => {
    const endpoints = packSlots(claim[list], memory.find(objects[list], place));
    const { length } = endpoints;
    const chains =
      length === 0 ? undefined : dispatchChains({ family, entrance, protocol }, list, length);
    return [
      chains,
      endpoints.map((endpoint, slot) => slotElement(claim, objects[list], { endpoint, slot })),
    ];
  };
  const [cluster, elements] = spread('endpoints');
  const [local, localElements] = spread('localEndpoints');
  return { cluster, local, elements: [...elements, ...localElements], retired: [] };
}

interface Context {
  readonly family: Family;
  readonly memory: SlotMemory;
}

/** Both lists are parts of the same slots, so that a client keeps its endpoint whichever applies. */
function stickyLists(claim: Claim, seconds: number, { family, memory }: Context): Lists {
  const { servicePort, entrance, place, endpoints, localEndpoints } = claim;
  const { protocol } = servicePort;
  const { endpoints: map } = entrances[entrance].byProtocol[protocol];
  const former = memory.find(map, place);
  const all = uniteEndpoints(endpoints, localEndpoints);
  const { slots, freed } = stickySlots(all, former);
  const chainsOf = (list: readonly Endpoint[]): SlotChains | undefined => {
    const taken = list.map(({ address }) => slots.get(address) ?? 0).sort((a, b) => a - b);
    return taken.length === 0
      ? undefined
      : affinityChains({ family, entrance, protocol }, seconds, taken);
  };
  const live = all.map((endpoint) =>
    slotElement(claim, map, { endpoint, slot: slots.get(endpoint.address) ?? 0 }),
  );
  const freedElements = freed.flatMap((slot) => former.elements.get(slot) ?? []);
  return {
    cluster: chainsOf(endpoints),
    local: chainsOf(localEndpoints),
    // A packet may have chosen a freed slot already: it leads on until the next ruleset.
    elements: [...live, ...freedElements.map((element) => ({ container: map, element }))],
    retired: freed.map((slot) => ({ map, place, slot, until: memory.time + seconds })),
  };
}

interface TakenSlot {
  readonly endpoint: Endpoint;
  readonly slot: number;
}

function slotElement(
  { servicePort, place }: Claim,
  container: ObjectName,
  { endpoint, slot }: TakenSlot,
): PlacedElement {
  const { ip, port } = endpoint;
  const origin = originOf(servicePort, 'endpoint', endpoint);
  const key = [...place, String(slot)];
  return { container, element: { key, destination: { ip, port }, origin } };
}
