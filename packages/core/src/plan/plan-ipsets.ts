import { diffRuleset } from '../diff/diff-ruleset.ts';
import type { EntryGroup, NodeRules, Section } from '../diff/node-rules.ts';
import type { Operation } from './operation.ts';

/** Sets before the rules that name them, and the removal of sets after those. */
export interface SetPlan {
  readonly before: readonly Operation[];
  readonly after: readonly Operation[];
}

export function planIPSets(from: NodeRules, to: NodeRules): SetPlan {
  const [former, wanted] = [setsOf(from), setsOf(to)];
  const added = wanted.groups.filter(({ name }) => !find(former, name));
  const stale = former.groups.filter(({ name }) => !find(wanted, name));
  const changed = wanted.groups.flatMap((group) => {
    const present = find(former, group.name);
    return present ? changeSet(present, group) : [];
  });
  const before = [
    ...added.flatMap((group) => [create(group.name, group), ...fill(group)]),
    ...changed,
  ];
  return {
    before: operation(before),
    after: operation(stale.map(({ name }) => `destroy ${name}`)),
  };
}

function operation(lines: readonly string[]): Operation[] {
  return lines.length === 0
    ? []
    : [{ kind: 'ipset', input: lines.map((line) => `${line}\n`).join('') }];
}

function setsOf(rules: NodeRules): Section {
  const none: Section = { kind: 'ipset', name: 'ipset', chains: [], groups: [] };
  return rules.find(({ kind }) => kind === 'ipset') ?? none;
}

function find({ groups }: Section, name: string): EntryGroup | undefined {
  return groups.find((group) => group.name === name);
}

function create(name: string, { declaration }: EntryGroup): string {
  return `create ${name} ${declaration}`;
}

function fill({ name, entries }: EntryGroup): string[] {
  return entries.map(({ text }) => `add ${name} ${text}`);
}

/** Entries that come and go together change by a swap, all at once; else they are added or deleted one by one. */
function changeSet(from: EntryGroup, to: EntryGroup): string[] {
  const changes = diffRuleset([sectionOf(from)], [sectionOf(to)]);
  const isOnly = (kind: string): boolean => changes.every((change) => change.kind === kind);
  if (changes.length === 0) return [];
  if (isOnly('entryAdded'))
    return changes.flatMap((change) =>
      change.kind === 'entryAdded' ? [`add ${to.name} ${change.entry.text}`] : [],
    );
  if (isOnly('entryRemoved'))
    return changes.flatMap((change) =>
      change.kind === 'entryRemoved' ? [`del ${to.name} ${change.entry.text}`] : [],
    );
  const temporary = temporaryName(to.name);
  return [
    create(temporary, to),
    ...fill({ ...to, name: temporary }),
    `swap ${temporary} ${to.name}`,
    `destroy ${temporary}`,
  ];
}

function sectionOf(group: EntryGroup): Section {
  return { kind: 'ipset', name: 'ipset', chains: [], groups: [group] };
}

/** Under another name than any set of kube-proxy's: 31 letters are the most. */
function temporaryName(name: string): string {
  return `kube-rules-${name.replace(/^KUBE-/, '')}`.slice(0, 31);
}
