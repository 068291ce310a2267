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
  const halfDone = former.groups.filter(({ name }) => name.startsWith(temporaryPrefix));
  const stale = former.groups.filter((one) => !halfDone.includes(one) && !find(wanted, one.name));
  const changed = wanted.groups.flatMap((group) => {
    const present = find(former, group.name);
    return present ? [changeSet(present, group)] : [];
  });
  return {
    before: operation([
      ...halfDone.map(({ name }) => `destroy ${name}`),
      ...added.flatMap((group) => [create(group.name, group), ...fill(group)]),
      ...changed.flatMap(({ before }) => before),
    ]),
    after: operation([
      ...changed.flatMap(({ after }) => after),
      ...stale.map(({ name }) => `destroy ${name}`),
    ]),
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

interface SetChange {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * Entries that come and go together change by a swap, all at once; else they are added before the
 * rules and deleted after them. Ports of nodes do not depend on each other, and tell whose a virtual
 * server is until that is gone.
 */
function changeSet(from: EntryGroup, to: EntryGroup): SetChange {
  const changes = diffRuleset([sectionOf(from)], [sectionOf(to)]);
  const added = changes.flatMap((change) =>
    change.kind === 'entryAdded' ? [`add ${to.name} ${change.entry.text}`] : [],
  );
  const removed = changes.flatMap((change) =>
    change.kind === 'entryRemoved' ? [`del ${to.name} ${change.entry.text}`] : [],
  );
  const isSingle = added.length === 0 || removed.length === 0 || to.name.includes('NODE-PORT');
  if (isSingle && added.length + removed.length === changes.length)
    return { before: added, after: removed };
  const temporary = temporaryName(to.name);
  const before = [
    create(temporary, to),
    ...fill({ ...to, name: temporary }),
    `swap ${temporary} ${to.name}`,
    `destroy ${temporary}`,
  ];
  return { before, after: [] };
}

function sectionOf(group: EntryGroup): Section {
  return { kind: 'ipset', name: 'ipset', chains: [], groups: [group] };
}

/** No set of kube-proxy's begins so; one that is there was left by a process that was killed. */
const temporaryPrefix = 'kube-rules-';

/** 31 letters are the most. */
function temporaryName(name: string): string {
  return `${temporaryPrefix}${name.replace(/^KUBE-/, '')}`.slice(0, 31);
}
