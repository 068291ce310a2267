import type { Change, ChainChange, GroupChange } from '../diff/change.ts';
import type { Item, NodeRules, Place, RuleChain } from '../diff/node-rules.ts';
import { groupBy } from '../util/group-by.ts';
import type { FindOwner, Owner } from './attribute.ts';
import type { Finding } from './finding.ts';
import { groupsLookedInto, judgeGroup } from './judge-groups.ts';
import { chainsNamed, isCanary, isOwnChain } from './ownership.ts';
import { pairRules, type RuleChange } from './pair-rules.ts';
import { reachableChains } from './reachable-chains.ts';

export interface Judgement {
  /** What is kube-proxy's on the node. */
  readonly live: NodeRules;
  /** The same among the rules of others, in whose chains it may stand. */
  readonly everything: NodeRules;
  readonly expected: NodeRules;
  readonly findOwner: FindOwner;
}

/** What the changes from a node's rules to the expected ones mean. */
export function judgeChanges(changes: readonly Change[], judgement: Judgement): Finding[] {
  const reachable = reachableChains(judgement.live);
  const ofGroups = { ...judgement, lookedInto: groupsLookedInto(judgement.live, reachable) };
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

function judgeChain(
  changes: readonly ChainChange[],
  judgement: Judgement,
  reachable: ReadonlyMap<string, ReadonlySet<string>>,
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
        isReachable: reachable.get(first.section)?.has(first.chain) ?? false,
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
  const { servicePort, endpoint } = first;
  if (servicePort === undefined || owners.some((one) => one.servicePort !== servicePort)) return {};
  if (endpoint === undefined || owners.some((one) => one.endpoint !== endpoint))
    return { servicePort };
  return { servicePort, endpoint };
}

function placeOf(item: Item | undefined): Pick<Finding, 'place'> {
  return item?.place ? { place: item.place } : {};
}

/** A chain as it is and as it should be, by the texts of its rules. */
interface ChainPair {
  readonly at: At;
  readonly live: ReadonlyMap<string, Item>;
  readonly expected: RuleChain;
  readonly expectedTexts: ReadonlyMap<string, Item>;
  readonly numberOf: (rule: Item, index: number) => number;
  readonly findOwner: (rule: Item) => Owner;
}

function judgeRules(changes: readonly RuleChange[], at: At, judgement: Judgement): Finding[] {
  const live = chainOf(judgement.live, at);
  const expected = chainOf(judgement.expected, at);
  const chains: ChainPair = {
    at,
    live: new Map(live.rules.map((rule) => [rule.text, rule])),
    expected,
    expectedTexts: new Map(expected.rules.map((rule) => [rule.text, rule])),
    numberOf: ruleNumbers(chainOf(judgement.everything, at)),
    findOwner: (rule) => judgement.findOwner(rule, at.container),
  };
  const removed = changes.filter(({ kind }) => kind === 'ruleRemoved');
  const added = changes.filter(({ kind }) => kind === 'ruleAdded');
  const pairs = pairRules(removed, added);
  const paired = new Set([...pairs.values()].map(({ index }) => index));
  return [
    ...removed.map((change) => judgeLive(change, pairs.get(change.index), chains)),
    ...added
      .filter(({ index }) => !paired.has(index))
      .map((change) => judgeMissing(change, chains)),
  ];
}

/** @param partner The rule that should be in its place. */
function judgeLive(
  { index, rule }: RuleChange,
  partner: RuleChange | undefined,
  { at, expectedTexts, numberOf, findOwner }: ChainPair,
): Finding {
  const number = numberOf(rule, index);
  const found = {
    ...at,
    ...findOwner(partner?.rule ?? expectedTexts.get(rule.text) ?? rule),
    ruleNumber: number,
    ...placeOf(rule),
    live: rule.text,
  };
  if (partner) {
    const message =
      partner.rule.text === rule.text
        ? `The rule stands in another place than it should: as number ${number}, not ${partner.index + 1}.`
        : describeChange(rule, partner.rule);
    return { kind: 'changed', ...found, message, expected: partner.rule.text };
  }
  return expectedTexts.has(rule.text)
    ? { kind: 'duplicate', ...found, message: 'The rule is there twice.' }
    : { kind: 'extra', ...found, message: 'The rule should not be there.' };
}

function judgeMissing(
  { index, rule }: RuleChange,
  { at, live, expected, findOwner }: ChainPair,
): Finding {
  const isHook = at.section.startsWith('iptables')
    ? !isOwnChain(at.container)
    : /\bhook\b/.test(expected.declaration);
  const place = placeBefore(expected, index, live);
  return {
    ...describeMissing(rule, at, isHook),
    ...findOwner(rule),
    ...(place && { place }),
  };
}

/** @param isHook Whether packets enter the chain from outside of kube-proxy's. */
function describeMissing(rule: Item, at: At, isHook: boolean): Finding {
  const [target] = chainsNamed(rule.text);
  if (isHook && target !== undefined) {
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

function chainOf(rules: NodeRules, { section, container }: At): RuleChain {
  const chains = rules.find(({ name }) => name === section)?.chains ?? [];
  return (
    chains.find(({ name }) => name === container) ?? { name: container, declaration: '', rules: [] }
  );
}

/** Numbers rules as the node does, from 1; by the place, since texts repeat. */
function ruleNumbers({ rules }: RuleChain): (rule: Item, index: number) => number {
  const numbers = new Map(rules.map(({ place }, index) => [place, index + 1]));
  return ({ place }, index) => (place && numbers.get(place)) ?? index + 1;
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
