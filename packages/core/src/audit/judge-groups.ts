import type { GroupChange } from '../diff/change.ts';
import type { Item, NodeRules, RuleChain } from '../diff/node-rules.ts';
import type { FindOwner } from './attribute.ts';
import type { Finding } from './finding.ts';

type At = Pick<Finding, 'section' | 'container'>;
type WholeChange = Extract<GroupChange, { readonly kind: 'groupAdded' | 'groupRemoved' }>;

export interface GroupJudgement {
  readonly findOwner: FindOwner;
  /** The sets and maps that a rule of the node looks into. */
  readonly lookedInto: ReadonlySet<string>;
}

/** The sets and maps that rules look into, each with its section's name before it. */
export function groupsLookedInto(
  rules: NodeRules,
  reachable: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlySet<string> {
  const groups = new Set<string>();
  for (const { kind, name: section, chains } of rules) {
    const [sign, owner] = kind === 'iptables' ? ['--match-set ', 'ipset'] : ['@', section];
    for (const { text } of rulesOf(chains, reachable.get(section))) {
      if (!text.includes(sign)) continue;
      for (const [, name = ''] of text.matchAll(/(?:--match-set |@)([^\s,}]+)/g))
        groups.add(`${owner} ${name}`);
    }
  }
  return groups;
}

function rulesOf(chains: readonly RuleChain[], names?: ReadonlySet<string>): Item[] {
  return chains.filter(({ name }) => names?.has(name)).flatMap(({ rules }) => rules);
}

/** What the changes of one set, map, virtual server or interface mean. */
export function judgeGroup(changes: readonly GroupChange[], judgement: GroupJudgement): Finding[] {
  const whole = changes.find(isWhole);
  if (whole) return [judgeWhole(whole, changes.length - 1, judgement)];
  return changes.flatMap((change) =>
    isWhole(change) || isUntold(change) ? [] : [judgeEntry(change, judgement.findOwner)],
  );
}

function isWhole(change: GroupChange): change is WholeChange {
  return change.kind === 'groupAdded' || change.kind === 'groupRemoved';
}

/** /proc/net/ip_vs has timeouts in ticks, and does not say how long those are. */
function isUntold(change: GroupChange): boolean {
  return change.kind === 'groupChanged' && change.from === change.to.replace(/-p \d+/, '-p ?');
}

function judgeWhole(
  change: WholeChange,
  count: number,
  { findOwner, lookedInto }: GroupJudgement,
): Finding {
  const at: At = { section: change.section, container: change.group };
  const item: Item = { text: '', ...change.owner };
  const owner = findOwner(item, change.group);
  const entries = count === 1 ? '1 entry' : `${count} entries`;
  if (change.kind === 'groupAdded') {
    const message = `It is missing, with its ${entries}.`;
    return { kind: 'missing', ...at, ...owner, message, expected: change.declaration };
  }
  const isIdle =
    ['ipset', 'nftables'].includes(change.sectionKind) &&
    !lookedInto.has(`${change.section} ${change.group}`);
  return {
    kind: isIdle ? 'harmless' : 'extra',
    ...at,
    ...owner,
    ...placeOf(item),
    message: isIdle
      ? 'No rule looks into it any more.'
      : `It should not be there, with its ${entries}.`,
    live: change.declaration,
  };
}

function judgeEntry(change: Exclude<GroupChange, WholeChange>, findOwner: FindOwner): Finding {
  const at: At = { section: change.section, container: change.group };
  switch (change.kind) {
    case 'groupChanged': {
      const owner = findOwner({ text: '' }, change.group);
      const message = 'It is declared otherwise.';
      return { kind: 'changed', ...at, ...owner, message, expected: change.to, live: change.from };
    }
    case 'entryAdded': {
      const owner = findOwner(change.entry, change.group);
      const message = 'The entry is missing.';
      return { kind: 'missing', ...at, ...owner, message, expected: change.entry.text };
    }
    case 'entryRemoved': {
      const owner = { ...findOwner(change.entry, change.group), ...placeOf(change.entry) };
      const message = 'The entry should not be there.';
      return { kind: 'extra', ...at, ...owner, message, live: change.entry.text };
    }
    case 'entryChanged': {
      const owner = { ...findOwner(change.to, change.group), ...placeOf(change.from) };
      const message = 'The entry is otherwise than it should be.';
      const texts = { expected: change.to.text, live: change.from.text };
      return { kind: 'changed', ...at, ...owner, message, ...texts };
    }
  }
}

function placeOf({ place }: Item): Pick<Finding, 'place'> {
  return place ? { place } : {};
}
