import { compareText } from '../util/compare-text.ts';
import type { Change, ChainChange, GroupChange } from './change.ts';
import { commonOrder } from './common-order.ts';
import type { Entry, EntryGroup, NodeRules, RuleChain, Section } from './node-rules.ts';

/**
 * What makes `from` into `to`: chain by chain, rule by rule, entry by entry, in the order of sections
 * and names. A rule that moved is removed and added, since the order of rules matters.
 */
export function diffRuleset(from: NodeRules, to: NodeRules): Change[] {
  return pairByName(from, to).flatMap(([former, wanted]) => {
    const { kind: sectionKind, name: section } = wanted ?? former ?? emptySection;
    const at = { section, sectionKind };
    return [
      ...pairByName(former?.chains ?? [], wanted?.chains ?? []).flatMap(([a, b]) =>
        diffChain(at, a, b),
      ),
      ...pairByName(former?.groups ?? [], wanted?.groups ?? []).flatMap(([a, b]) =>
        diffGroup(at, a, b),
      ),
    ];
  });
}

const emptySection: Section = { kind: 'iptables', name: '', chains: [], groups: [] };

type Pair<T> = readonly [T | undefined, T | undefined];

/** Both lists are in the order of names. */
function pairByName<T extends { readonly name: string }>(
  from: readonly T[],
  to: readonly T[],
): Pair<T>[] {
  const pairs: Pair<T>[] = [];
  let [left, right] = [0, 0];
  while (left < from.length || right < to.length) {
    const [former, wanted] = [from[left], to[right]];
    const order = former && wanted ? compareText(former.name, wanted.name) : former ? -1 : 1;
    pairs.push([order <= 0 ? former : undefined, order >= 0 ? wanted : undefined]);
    if (order <= 0) left++;
    if (order >= 0) right++;
  }
  return pairs;
}

type At = Pick<Change, 'section' | 'sectionKind'>;

function diffChain(at: At, from: RuleChain | undefined, to: RuleChain | undefined): ChainChange[] {
  const { name: chain, declaration } = to ?? from ?? noChain;
  if (!to) {
    const gone: ChainChange = { ...at, kind: 'chainRemoved', chain, declaration };
    return [...diffRuleLists(at, from ?? noChain, { ...noChain, name: chain }), gone];
  }
  if (!from) {
    const come: ChainChange = { ...at, kind: 'chainAdded', chain, declaration };
    return [come, ...diffRuleLists(at, noChain, to)];
  }
  if (isSameChain(from, to)) return [];
  const declarations: ChainChange[] =
    from.declaration === to.declaration
      ? []
      : [{ ...at, kind: 'chainChanged', chain, from: from.declaration, to: to.declaration }];
  return [...declarations, ...diffRuleLists(at, from, to)];
}

const noChain: RuleChain = { name: '', declaration: '', rules: [] };

/** Nearly all chains of a node are as they should be. */
function isSameChain(from: RuleChain, to: RuleChain): boolean {
  return (
    from.declaration === to.declaration &&
    from.rules.length === to.rules.length &&
    from.rules.every(({ text }, index) => text === to.rules[index]?.text)
  );
}

function diffRuleLists(at: At, from: RuleChain, to: RuleChain): ChainChange[] {
  const common = commonOrder(
    from.rules.map(({ text }) => text),
    to.rules.map(({ text }) => text),
  );
  const kept = new Set(common.map(([index]) => index));
  const present = new Set(common.map(([, index]) => index));
  const chain = to.name;
  return [
    ...from.rules.flatMap((rule, index): ChainChange[] =>
      kept.has(index) ? [] : [{ ...at, kind: 'ruleRemoved', chain, index, rule }],
    ),
    ...to.rules.flatMap((rule, index): ChainChange[] =>
      present.has(index) ? [] : [{ ...at, kind: 'ruleAdded', chain, index, rule }],
    ),
  ];
}

function diffGroup(
  at: At,
  from: EntryGroup | undefined,
  to: EntryGroup | undefined,
): GroupChange[] {
  const group = (to ?? from)?.name ?? '';
  if (!to && from) {
    const { declaration } = from;
    return [
      ...diffEntries({ ...at, group }, from.entries, []),
      { ...at, kind: 'groupRemoved', group, declaration, owner: ownerOf(from) },
    ];
  }
  if (!from && to) {
    const { declaration } = to;
    return [
      { ...at, kind: 'groupAdded', group, declaration, owner: ownerOf(to) },
      ...diffEntries({ ...at, group }, [], to.entries),
    ];
  }
  if (!from || !to) return [];
  const declarations: GroupChange[] =
    from.declaration === to.declaration
      ? []
      : [{ ...at, kind: 'groupChanged', group, from: from.declaration, to: to.declaration }];
  return [...declarations, ...diffEntries({ ...at, group }, from.entries, to.entries)];
}

function ownerOf({ origin, place }: EntryGroup): Pick<EntryGroup, 'origin' | 'place'> {
  return { ...(origin && { origin }), ...(place && { place }) };
}

function diffEntries(
  at: At & { readonly group: string },
  from: readonly Entry[],
  to: readonly Entry[],
): GroupChange[] {
  const former = new Map(from.map((entry) => [entry.key, entry]));
  const wanted = new Set(to.map(({ key }) => key));
  return [
    ...from.flatMap((entry): GroupChange[] =>
      wanted.has(entry.key) ? [] : [{ ...at, kind: 'entryRemoved', entry }],
    ),
    ...to.flatMap((entry): GroupChange[] => {
      const present = former.get(entry.key);
      if (!present) return [{ ...at, kind: 'entryAdded', entry }];
      if (present.text === entry.text) return [];
      return [{ ...at, kind: 'entryChanged', from: present, to: entry }];
    }),
  ];
}
