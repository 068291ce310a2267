import type { Change } from '../diff/change.ts';
import type { Item } from '../diff/node-rules.ts';
import { groupBy } from '../util/group-by.ts';

export type RuleChange = Extract<Change, { readonly rule: Item }>;

/** What makes two rules of one chain about the same, the strongest likeness first. */
const likeness: readonly ((rule: Item) => string | undefined)[] = [
  ({ text }) => text,
  ({ text }) => / -[jg] KUBE-(?:SEP|SVC|SVL|EXT|FW)-\S+/.exec(text)?.[0],
  ({ text }) => {
    const target = / -j (?!KUBE-(?:SEP|SVC|SVL|EXT|FW)-)\S+/.exec(text)?.[0];
    const destination = / -d \S+/.exec(text)?.[0] ?? '';
    return target === undefined ? undefined : `${destination}${target}`;
  },
  ({ text }) => nftablesVerdict.exec(text)?.[0],
];

const nftablesVerdict =
  /\bvmap @\S+|\b(?:goto|jump) \S+|\b(?:dnat|masquerade|reject|drop|mark set|add @\S+|update @\S+)(?: |$)/;

/** Pairs each rule that is too much with one that lacks and is about the same; by the index on the node. */
export function pairRules(
  removed: readonly RuleChange[],
  added: readonly RuleChange[],
): ReadonlyMap<number, RuleChange> {
  const pairs = new Map<number, RuleChange>();
  const taken = new Set<number>();
  for (const keyOf of likeness) {
    const open = groupBy(
      added.filter(({ index }) => !taken.has(index)),
      ({ rule }) => keyOf(rule),
    );
    for (const { index, rule } of removed) {
      if (pairs.has(index)) continue;
      const key = keyOf(rule);
      const partner = key === undefined ? undefined : open.get(key)?.shift();
      if (!partner) continue;
      pairs.set(index, partner);
      taken.add(partner.index);
    }
  }
  return pairs;
}
