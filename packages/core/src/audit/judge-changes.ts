import type { Change, ChainChange, GroupChange } from '../diff/change.ts';
import type { Item, NodeRules, Place, RuleChain } from '../diff/node-rules.ts';
import { groupBy } from '../util/group-by.ts';
import type { FindOwner, Owner } from './attribute.ts';
import type { Finding } from './finding.ts';
import { groupsLookedInto, judgeGroup } from './judge-groups.ts';
import { chainsNamed, isCanary, isOwnChain } from './ownership.ts';
import { reachableChains } from './reachable-chains.ts';

export interface Judgement {
  readonly live: NodeRules;
  readonly expected: NodeRules;
  readonly findOwner: FindOwner;
}

/** What the changes from a node's rules to the expected ones mean. */
export function judgeChanges(changes: readonly Change[], judgement: Judgement): Finding[] {
  const reachable = reachableChains(judgement.live);
  const ofGroups = { ...judgement, lookedInto: groupsLookedInto(judgement.live) };
  const containers = groupBy(changes, (change) => `${change.section} ${containerOf(change)}`);
  return [...containers.values()].flatMap((own) => {
    const ofChain = own.filter((change): change is ChainChange => 'chain' in change);
    const ofGroup = own.filter((change): change is GroupChange => 'group' in change);
    return [
      ...(ofChain.length > 0 ? judgeChain(ofChain, judgement, reachable) : []),
      ...(ofGroup.length > 0 ? judgeGroup(ofGroup, ofGroups) : []),
    ];
  });
}

function containerOf(change: Change): string {
  return 'chain' in change ? change.chain : change.group;
}

type RuleChange = Extract<Change, { readonly rule: Item }>;

function judgeChain(
  changes: readonly ChainChange[],
  judgement: Judgement,
  reachable: ReadonlySet<string>,
): Finding[] {
  const [first] = changes;
  if (!first) return [];
  const at = { section: first.section, container: first.chain };
  const ruleChanges = changes.filter((change): change is RuleChange => 'rule' in change);
  const rules = ruleChanges.map(({ rule }) => rule);
  const owner = commonOwner(rules, judgement.findOwner, first.chain);
  const count = rules.length === 1 ? '1 rule' : `${rules.length} rules`;
  // A built-in chain is always there, and has no part in the normal form where it has no rule.
  const isBuiltIn = first.sectionKind === 'iptables' && !isOwnChain(first.chain);
  if (isBuiltIn) return judgeRules(ruleChanges, at, judgement);
  if (changes.some(({ kind }) => kind === 'chainAdded'))
    return [
      { kind: 'missing', ...at, ...owner, message: `The chain is missing, with its ${count}.` },
    ];
  if (changes.some(({ kind }) => kind === 'chainRemoved'))
    return [
      judgeExtraChain(at, {
        rules,
        owner,
        isReachable: reachable.has(`${first.section} ${first.chain}`),
      }),
    ];
  const declared = changes.flatMap((change): Finding[] =>
    change.kind === 'chainChanged'
      ? [
          {
            kind: 'changed',
            ...at,
            message: 'The chain is declared otherwise.',
            expected: change.to,
            live: change.from,
          },
        ]
      : [],
  );
  return [...declared, ...judgeRules(ruleChanges, at, judgement)];
}

type At = Pick<Finding, 'section' | 'container'>;

interface ExtraChain {
  readonly rules: readonly Item[];
  readonly owner: Owner;
  readonly isReachable: boolean;
}

function judgeExtraChain(at: At, { rules, owner, isReachable }: ExtraChain): Finding {
  const [first] = rules;
  const details = { ...at, ...owner, ...placeOf(first) };
  if (isCanary(at.container))
    return { kind: 'harmless', ...details, message: 'kube-proxy watches this chain for a flush.' };
  if (!isReachable)
    return { kind: 'harmless', ...details, message: 'Nothing leads to this chain any more.' };
  const destinations = rules.flatMap(({ text }) => destinationsIn(text));
  const where = destinations.length > 0 ? ` to ${destinations.join(', ')}` : '';
  return {
    kind: 'extra',
    ...details,
    message: `The chain of a former Service still forwards${where}.`,
  };
}

function destinationsIn(text: string): string[] {
  return [...text.matchAll(/(?:--to-destination|dnat to) (\S+)/g)].map(([, to = '']) => to);
}

/** The only owner of all, if there is one. */
function commonOwner(rules: readonly Item[], findOwner: FindOwner, chain: string): Owner {
  const owners = rules.map((rule) => findOwner(rule, chain));
  const [first = {}] = owners;
  return owners.every(({ servicePort }) => servicePort === first.servicePort) ? first : {};
}

function placeOf(item: Item | undefined): Pick<Finding, 'place'> {
  return item?.place ? { place: item.place } : {};
}

function judgeRules(changes: readonly RuleChange[], at: At, judgement: Judgement): Finding[] {
  const live = chainOf(judgement.live, at);
  const expected = chainOf(judgement.expected, at);
  const liveTexts = new Map(live.rules.map((rule) => [rule.text, rule]));
  const removed = changes.filter(({ kind }) => kind === 'ruleRemoved');
  const added = changes.filter(({ kind }) => kind === 'ruleAdded');
  const findOwner = (rule: Item): Owner => judgement.findOwner(rule, at.container);
  const findings: Finding[] = [];
  const pairs = pairRules(removed, added);
  for (const { index, rule } of removed) {
    const partner = pairs.get(index);
    const found = {
      ...at,
      ...findOwner(partner?.rule ?? rule),
      ruleNumber: index + 1,
      ...placeOf(rule),
      live: rule.text,
    };
    if (partner?.rule.text === rule.text) {
      const message = `The rule stands in another place than it should: as number ${index + 1}, not ${partner.index + 1}.`;
      findings.push({ kind: 'changed', ...found, message, expected: rule.text });
    } else if (partner) {
      findings.push({
        kind: 'changed',
        ...found,
        message: describeChange(rule, partner.rule),
        expected: partner.rule.text,
      });
    } else if (expected.rules.some(({ text }) => text === rule.text)) {
      findings.push({ kind: 'duplicate', ...found, message: 'The rule is there twice.' });
    } else {
      findings.push({ kind: 'extra', ...found, message: 'The rule should not be there.' });
    }
  }
  const paired = new Set([...pairs.values()].map(({ index }) => index));
  for (const { index, rule } of added) {
    if (paired.has(index)) continue;
    const place = placeBefore(expected, index, liveTexts);
    findings.push({ ...describeMissing(rule, at), ...findOwner(rule), ...(place && { place }) });
  }
  return findings;
}

function describeMissing(rule: Item, at: At): Finding {
  const [target = ''] = chainsNamed(rule.text);
  const isHook = !isOwnChain(at.container) && at.section.startsWith('iptables') && target !== '';
  if (isHook) {
    const message = `${at.container} does not jump to ${target}: what comes this way is not treated.`;
    return { kind: 'unreachable', ...at, message, expected: rule.text };
  }
  const endpoint = rule.origin?.endpoint;
  const node = endpoint?.nodeName === undefined ? '' : ` [${endpoint.nodeName}]`;
  const message = endpoint
    ? `What is for endpoint ${endpoint.address}${node} does not get there, or not as it should.`
    : 'The rule is missing.';
  return { kind: 'missing', ...at, message, expected: rule.text };
}

function describeChange(live: Item, expected: Item): string {
  const [was] = destinationsIn(live.text);
  const [is] = destinationsIn(expected.text);
  if (was !== undefined && is !== undefined && was !== is)
    return `It leads to ${was} instead of ${is}.`;
  if (/--probability/.test(live.text + expected.text))
    return 'The endpoint gets another share of the traffic than it should.';
  return 'The rule is otherwise than it should be.';
}

/** Pairs each rule that is too much with one that lacks and is about the same: the same text, target or comment; by the index on the node. */
function pairRules(
  removed: readonly RuleChange[],
  added: readonly RuleChange[],
): ReadonlyMap<number, RuleChange> {
  const pairs = new Map<number, RuleChange>();
  const taken = new Set<number>();
  const likeness: readonly ((rule: Item) => string | undefined)[] = [
    ({ text }) => text,
    ({ text }) => / -[jg] KUBE-(?:SEP|SVC|SVL|EXT|FW)-\S+/.exec(text)?.[0],
    ({ text }) => / --comment "[^"]*"/.exec(text)?.[0],
    ({ text }) => / --?j(?:ump)? (\S+)/.exec(text)?.[0],
  ];
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

function chainOf(rules: NodeRules, { section, container }: At): RuleChain {
  const chains = rules.find(({ name }) => name === section)?.chains ?? [];
  return (
    chains.find(({ name }) => name === container) ?? { name: container, declaration: '', rules: [] }
  );
}

/** The place of the nearest rule before that the node has. */
function placeBefore(
  expected: RuleChain,
  index: number,
  live: ReadonlyMap<string, Item>,
): Place | undefined {
  for (let before = index - 1; before >= 0; before--) {
    const place = live.get(expected.rules[before]?.text ?? '')?.place;
    if (place) return place;
  }
  return undefined;
}
