import type { Destination, Element, ObjectName } from '../../../ruleset/nftables/index.ts';
import type { Endpoint } from '../../../service/endpoint.ts';

/** A slot of an affinity list whose endpoint is gone, and that is not given to another one yet: clients that used it are still on record. */
export interface RetiredSlot {
  /** The map of endpoints. */
  readonly map: ObjectName;
  /** The key without the slot. */
  readonly place: readonly string[];
  readonly slot: number;
  /** The time in seconds, on the caller's clock, when the last record has run out. */
  readonly until: number;
}

/** The slots that one list of endpoints had before. */
export interface FormerSlots {
  /** The elements of the slots in use. */
  readonly elements: ReadonlyMap<number, SlotElement>;
  /** Retired, and not free again. */
  readonly blocked: ReadonlySet<number>;
}

export interface SlotElement extends Element {
  readonly destination: Destination;
}

export const noFormerSlots: FormerSlots = { elements: new Map(), blocked: new Set() };

/**
 * The endpoints of a list by slot, 0 … n-1 without a hole. Who had a slot below n keeps it, the
 * others fill the gaps: one endpoint more or less moves one other at most.
 */
export function packSlots(list: readonly Endpoint[], former: FormerSlots): readonly Endpoint[] {
  if (former.elements.size === 0) return list;
  const formerSlots = slotsByEndpoint(former.elements);
  const slots: (Endpoint | undefined)[] = list.map(() => undefined);
  const others: Endpoint[] = [];
  for (const endpoint of list) {
    const slot = formerSlots.get(textOf(endpoint));
    if (slot !== undefined && slot < slots.length) slots[slot] = endpoint;
    else others.push(endpoint);
  }
  let next = 0;
  return slots.flatMap((endpoint) => endpoint ?? others[next++] ?? []);
}

export interface StickySlots {
  /** By the endpoint's address. */
  readonly slots: ReadonlyMap<string, number>;
  /** The former slots that no list has any more. */
  readonly freed: readonly number[];
}

/**
 * The slot of each endpoint of an affinity list. An endpoint keeps its slot as long as it lives; a
 * new one takes the lowest that is neither taken nor retired, because clients are on record with
 * slots, not with endpoints.
 */
export function stickySlots(list: readonly Endpoint[], former: FormerSlots): StickySlots {
  const { elements, blocked } = former;
  const formerSlots = slotsByEndpoint(elements);
  const slots = new Map<string, number>();
  for (const endpoint of list) {
    const slot = formerSlots.get(textOf(endpoint));
    if (slot !== undefined) slots.set(endpoint.address, slot);
  }
  const kept = new Set(slots.values());
  let next = 0;
  for (const endpoint of list) {
    if (slots.has(endpoint.address)) continue;
    while (elements.has(next) || blocked.has(next)) next++;
    slots.set(endpoint.address, next++);
  }
  return { slots, freed: [...elements.keys()].filter((slot) => !kept.has(slot)) };
}

function slotsByEndpoint(elements: ReadonlyMap<number, SlotElement>): Map<string, number> {
  return new Map([...elements].map(([slot, { destination }]) => [textOf(destination), slot]));
}

function textOf({ ip, port }: Destination): string {
  return `${ip} ${port}`;
}
