import {
  objectName,
  type Chain,
  type Expression,
  type ObjectName,
  type Statement,
} from '../../../ruleset/nftables/index.ts';
import { hash16 } from '../../names/hash.ts';
import { familyWords, protocolMatch, verdict } from '../shared/expressions.ts';
import { clientKey, fixedSlot, randomSlot, slotKey, type SlotKeys } from './keys.ts';
import { entrances } from './objects.ts';

/** The chains that spread connections, named for the shape of a list: whoever has such a list uses them. */
export interface SlotChains {
  /** Where the verdict of the list leads. */
  readonly name: ObjectName;
  /** Made when the first list of the shape comes. */
  readonly make: () => readonly Chain[];
}

/** Any of `count` endpoints of the list. */
export function dispatchChains(
  keys: SlotKeys,
  list: 'endpoints' | 'localEndpoints',
  count: number,
): SlotChains {
  const { prefix, byProtocol } = entrances[keys.entrance];
  const map = byProtocol[keys.protocol][list];
  const start = `${prefix}${list === 'endpoints' ? 'dispatch' : 'local'}-${keys.protocol}-`;
  const name = objectName(`${start}${count}`);
  // A packet that read the verdict just before the list became shorter may find its slot gone.
  const backstop = objectName(`${start}1`);
  const toBackstop = verdict({ kind: 'goto', chain: backstop });
  const spread = (of: number): Statement[] => rewrite(keys, map, randomSlot(of));
  return {
    name,
    make: () => [
      slotChain(backstop, [spread(1)]),
      ...(count === 1 ? [] : [slotChain(name, [spread(count), [toBackstop]])]),
    ],
  };
}

/** First the slot that the client used before, then any. */
export function affinityChains(
  keys: SlotKeys,
  seconds: number,
  slots: readonly number[],
): SlotChains {
  const { prefix, byProtocol } = entrances[keys.entrance];
  const { affinity, endpoints } = byProtocol[keys.protocol];
  const start = `${prefix}affinity-${keys.protocol}-${seconds}-`;
  const name = objectName(`${start}${printSlots(slots)}`);
  const gotoSlot = (slot: number) =>
    ({ kind: 'goto', chain: objectName(`${start}slot-${slot}`) }) as const;
  const sticky = slots.map((slot): Statement[] => {
    const left = clientKey(keys, fixedSlot(slot));
    return [
      { kind: 'match', left, right: { kind: 'set', name: affinity } },
      verdict(gotoSlot(slot)),
    ];
  });
  const any: Statement = { kind: 'randomVerdict', verdicts: slots.map(gotoSlot) };
  const slotChains = (): Chain[] =>
    slots.map((slot) => {
      const key = clientKey(keys, fixedSlot(slot));
      const remember: Statement = { kind: 'update', set: affinity, key, timeout: seconds };
      // On their own, since an update of a full set ends its rule.
      return slotChain(gotoSlot(slot).chain, [
        [remember],
        rewrite(keys, endpoints, fixedSlot(slot)),
      ]);
    });
  return { name, make: () => [slotChain(name, [...sticky, [any]]), ...slotChains()] };
}

function rewrite(keys: SlotKeys, map: ObjectName, slot: Expression): Statement[] {
  const { protocol: family } = familyWords[keys.family];
  return [protocolMatch(keys.protocol), { kind: 'mapDNAT', family, key: slotKey(keys, slot), map }];
}

function slotChain(name: ObjectName, rules: readonly (readonly Statement[])[]): Chain {
  const origin = { reason: 'load balancing' };
  return { name, rules: rules.map((statements) => ({ chain: name, statements, origin })) };
}

const longestSlots = 200;

/** `0-2.5` for slots 0, 1, 2 and 5; what is too long for a name, hashed. */
function printSlots(slots: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const slot of slots) {
    const last = runs.at(-1);
    if (last?.[1] === slot - 1) last[1] = slot;
    else runs.push([slot, slot]);
  }
  const text = runs.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join('.');
  return text.length > longestSlots ? `${slots.length}-${hash16(text)}` : text;
}
