import type { Chain, ObjectName, Table } from '../../../ruleset/nftables/index.ts';
import type { ResolvedFamily } from '../../../service/resolve-family.ts';
import type { NftablesBase } from '../shared/base.ts';
import { assembleTable } from '../shared/assemble-table.ts';
import { collectElements, type PlacedElement } from '../shared/placed-element.ts';
import { fastBaseChains } from './base-chains.ts';
import { fastMaps, fastSets } from './base-containers.ts';
import { compileServicePort, type Claim } from './compile-service-port.ts';
import { firewallClaims } from './firewall.ts';
import type { SlotMemory } from './former-slots.ts';
import type { SlotChains } from './slot-chains.ts';
import type { RetiredSlot } from './slots.ts';
import { spreadClaim } from './spread-claim.ts';

export interface FastFamily {
  readonly table: Table;
  readonly retiredSlots: readonly RetiredSlot[];
}

/** One table without a chain, rule or set of any Service: a Service is elements in the maps of all. */
export function compileFastFamily(
  base: NftablesBase,
  { servicePorts, family, nodeIP }: ResolvedFamily,
  { nodeElements, memory }: { nodeElements: readonly PlacedElement[]; memory: SlotMemory },
): FastFamily {
  const fragments = servicePorts.map(compileServicePort);
  const claims = lastOfKey(fragments.flatMap((fragment) => fragment.claims));
  const firewalls = lastOfKey(
    servicePorts.flatMap(({ servicePort }) => firewallClaims(servicePort, nodeIP)),
  );
  const spreads = claims.map((claim) => spreadClaim(claim, family, memory));
  const elements = collectElements([
    ...nodeElements,
    ...fragments.flatMap((fragment) => fragment.elements),
    ...firewalls.flatMap((firewall) => firewall.elements),
    ...spreads.flatMap((spread) => spread.elements),
  ]);
  const chains = [
    ...fastBaseChains(base),
    ...makeChains(spreads.flatMap((spread) => spread.chains)),
  ];
  const containers = { sets: fastSets(base, elements), maps: fastMaps(base, elements) };
  return {
    table: assembleTable(family, { chains, ...containers }),
    retiredSlots: [...memory.retired, ...spreads.flatMap((spread) => spread.retired)],
  };
}

/** Of two Services that want the same key, the last has it, as when kube-proxy writes one over the other. */
function lastOfKey<T extends Pick<Claim, 'key'>>(claims: readonly T[]): T[] {
  const byKey = new Map<string, T>();
  for (const claim of claims) byKey.set(claim.key.join(' . '), claim);
  return [...byKey.values()];
}

/** Each chain once. */
function makeChains(wanted: readonly SlotChains[]): Chain[] {
  const named = new Map(wanted.map((chains) => [chains.name, chains]));
  const made = new Map<ObjectName, Chain>();
  for (const { make } of named.values()) for (const chain of make()) made.set(chain.name, chain);
  return [...made.values()];
}
