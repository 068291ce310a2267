import type { NamedMap, ObjectName } from '../../../ruleset/nftables/index.ts';
import { noFormerSlots, type FormerSlots, type RetiredSlot, type SlotElement } from './slots.ts';

/** What a ruleset remembers of the slots of its lists, for the one that comes after it. */
export interface SlotMemory {
  /** Seconds on the caller's clock. */
  readonly time: number;
  readonly retired: readonly RetiredSlot[];
  readonly find: (map: ObjectName, place: readonly string[]) => FormerSlots;
}

interface OpenSlots {
  readonly elements: Map<number, SlotElement>;
  readonly blocked: Set<number>;
}

/** For a ruleset that comes after none. */
export const noMemory: SlotMemory = { time: 0, retired: [], find: () => noFormerSlots };

/** Reads the slots off the elements of the table before, in one pass. */
export function rememberSlots(
  { maps }: { readonly maps: readonly Pick<NamedMap, 'name' | 'elements'>[] },
  retired: readonly RetiredSlot[],
  time: number,
): SlotMemory {
  const lists = new Map<string, OpenSlots>();
  const listAt = (map: ObjectName, place: readonly string[]): OpenSlots => {
    const key = printList(map, place);
    const present = lists.get(key);
    if (present) return present;
    const created: OpenSlots = { elements: new Map(), blocked: new Set() };
    lists.set(key, created);
    return created;
  };
  for (const { name, elements } of maps) {
    for (const element of elements) {
      const { key, destination } = element;
      if (!destination) continue;
      const slot = Number(key.at(-1));
      listAt(name, key.slice(0, -1)).elements.set(slot, { ...element, destination });
    }
  }
  for (const { map, place, slot, until } of retired) {
    const { elements, blocked } = listAt(map, place);
    elements.delete(slot);
    if (until > time) blocked.add(slot);
  }
  return {
    time,
    retired: retired.filter(({ until }) => until > time),
    find: (map, place) => lists.get(printList(map, place)) ?? noFormerSlots,
  };
}

function printList(map: ObjectName, place: readonly string[]): string {
  return `${map} ${place.join(' . ')}`;
}
