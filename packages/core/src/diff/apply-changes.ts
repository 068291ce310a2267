import { compareNames } from '../util/compare-names.ts';
import { compareText } from '../util/compare-text.ts';
import type { Change, ChainChange, GroupChange } from './change.ts';
import { groupBy } from '../util/group-by.ts';
import type { Entry, EntryGroup, Item, NodeRules, RuleChain, Section } from './node-rules.ts';

/** Makes the changes that `diffRuleset(from, to)` found in `from`: gives `to`, with the places and origins of what stayed. */
export function applyChanges(from: NodeRules, changes: readonly Change[]): NodeRules {
  const bySection = groupBy(changes, ({ section }) => section);
  const sections = new Map<string, Section>(from.map((section) => [section.name, section]));
  for (const [name, own] of bySection) {
    const [first] = own;
    if (!first) continue;
    const { sectionKind: kind } = first;
    const section = sections.get(name) ?? { kind, name, chains: [], groups: [] };
    const changed = applyToSection(section, own);
    if (changed.chains.length + changed.groups.length === 0) sections.delete(name);
    else sections.set(name, changed);
  }
  return [...sections.values()].sort(compareNames);
}

function applyToSection(section: Section, changes: readonly Change[]): Section {
  const ofChains = changes.filter((change): change is ChainChange => 'chain' in change);
  const ofGroups = changes.filter((change): change is GroupChange => 'group' in change);
  const chains = new Map(section.chains.map((chain) => [chain.name, chain]));
  for (const [name, own] of groupBy(ofChains, ({ chain }) => chain)) {
    const chain = applyToChain(chains.get(name) ?? { name, declaration: '', rules: [] }, own);
    if (chain) chains.set(name, chain);
    else chains.delete(name);
  }
  const groups = new Map(section.groups.map((group) => [group.name, group]));
  for (const [name, own] of groupBy(ofGroups, ({ group }) => group)) {
    const group = applyToGroup(groups.get(name) ?? { name, declaration: '', entries: [] }, own);
    if (group) groups.set(name, group);
    else groups.delete(name);
  }
  return {
    ...section,
    chains: [...chains.values()].sort(compareNames),
    groups: [...groups.values()].sort(compareNames),
  };
}

function applyToChain(chain: RuleChain, changes: readonly ChainChange[]): RuleChain | undefined {
  let { declaration } = chain;
  const removed = new Set<number>();
  const added = new Map<number, Item>();
  for (const change of changes) {
    if (change.kind === 'chainRemoved') return undefined;
    if (change.kind === 'chainAdded') declaration = change.declaration;
    if (change.kind === 'chainChanged') declaration = change.to;
    if (change.kind === 'ruleRemoved') removed.add(change.index);
    if (change.kind === 'ruleAdded') added.set(change.index, change.rule);
  }
  const kept = chain.rules.filter((_, index) => !removed.has(index));
  const rules: Item[] = [];
  let next = 0;
  for (let index = 0; index < kept.length + added.size; index++) {
    const rule = added.get(index) ?? kept[next++];
    if (rule) rules.push(rule);
  }
  return { ...chain, declaration, rules };
}

function applyToGroup(group: EntryGroup, changes: readonly GroupChange[]): EntryGroup | undefined {
  let { declaration } = group;
  let owner: Pick<EntryGroup, 'origin' | 'place'> = {};
  const entries = new Map<string, Entry>(group.entries.map((entry) => [entry.key, entry]));
  for (const change of changes) {
    if (change.kind === 'groupRemoved') return undefined;
    if (change.kind === 'groupAdded') ({ declaration, owner } = change);
    if (change.kind === 'groupChanged') declaration = change.to;
    if (change.kind === 'entryRemoved') entries.delete(change.entry.key);
    if (change.kind === 'entryAdded') entries.set(change.entry.key, change.entry);
    if (change.kind === 'entryChanged') entries.set(change.to.key, change.to);
  }
  const sorted = [...entries.values()].sort((a, b) => compareText(a.key, b.key));
  return { ...group, ...owner, declaration, entries: sorted };
}
