import type { Family } from '../../netaddr/family.ts';
import type { Match, Target } from './ast.ts';
import type { NormalMatch, NormalRule, NormalRuleSource, NormalTarget } from './normal.ts';
import { normalizeMatch } from './normalize-match.ts';
import { normalizeTarget } from './normalize-target.ts';
import { isProtocolModule } from './parse-match.ts';
import { printNormalMatch, printNormalTarget } from './print-normal.ts';
import type { SavedMatch, SavedTarget } from './saved-rule.ts';
import { spellMatch, spellTarget } from './spell-match.ts';

interface Part<Node> {
  readonly node: Node;
  readonly text: string;
}

type MatchPart = Part<NormalMatch> & { readonly rank: Rank };

/** Where a match stands in a rule; `module` is only the place of a protocol's own options. */
type Rank = 'basic' | 'comment' | 'test' | 'module' | 'ofProtocol';

interface RuleOf<M, T> {
  readonly chain: string;
  readonly matches: readonly M[];
  readonly target?: T | undefined;
}

/** Brings rules of one family to their one spelling. What comes again, as the same object, is read once. */
export class RuleNormalizer {
  readonly #family: Family;
  readonly #matches = new Map<object, readonly MatchPart[]>();
  readonly #targets = new Map<object, Part<NormalTarget>>();

  constructor(family: Family) {
    this.#family = family;
  }

  normalizeSaved(rule: RuleOf<SavedMatch, SavedTarget>, source: NormalRuleSource): NormalRule {
    const parts: MatchPart[] = [];
    for (const match of rule.matches) {
      const known = this.#matches.get(match) ?? this.#remember(match, [match]);
      for (const part of known) parts.push(part);
    }
    const { target } = rule;
    return joinParts(rule.chain, parts, {
      source,
      target: target && (this.#targets.get(target) ?? this.#rememberTarget(target, target)),
    });
  }

  normalizeCompiled(rule: RuleOf<Match, Target>, source: NormalRuleSource): NormalRule {
    const parts: MatchPart[] = [];
    for (const match of rule.matches) {
      const known = this.#matches.get(match) ?? this.#remember(match, [spellMatch(match)].flat());
      for (const part of known) parts.push(part);
    }
    const { target } = rule;
    return joinParts(rule.chain, parts, {
      source,
      target:
        target && (this.#targets.get(target) ?? this.#rememberTarget(target, spellTarget(target))),
    });
  }

  #remember(key: object, spelled: readonly SavedMatch[]): readonly MatchPart[] {
    const parts = spelled.flatMap((match) => this.#partOf(match));
    this.#matches.set(key, parts);
    return parts;
  }

  #partOf(match: SavedMatch): MatchPart[] {
    const node = normalizeMatch(match, this.#family);
    return node ? [{ node, text: printNormalMatch(node), rank: rankOf(node) }] : [];
  }

  #rememberTarget(key: object, spelled: SavedTarget): Part<NormalTarget> {
    const node = normalizeTarget(spelled, this.#family);
    const part = { node, text: printNormalTarget(node) };
    this.#targets.set(key, part);
    return part;
  }
}

/** The options of every rule, and those of a protocol; what is not here is a module of its own. */
const rankOfKind: ReadonlyMap<NormalMatch['kind'], Rank> = new Map([
  ['source', 'basic'],
  ['destination', 'basic'],
  ['inInterface', 'basic'],
  ['outInterface', 'basic'],
  ['protocol', 'basic'],
  ['comment', 'comment'],
  ['sourcePort', 'ofProtocol'],
  ['destinationPort', 'ofProtocol'],
]);

function rankOf(match: NormalMatch): Rank {
  if (match.kind === 'other') return rankOfWords(match.words);
  return rankOfKind.get(match.kind) ?? 'test';
}

function rankOfWords(words: readonly string[]): Rank {
  const [first = '', second = ''] = words;
  const option = first === '!' ? second : first;
  if (first === '-m' && words.length === 2 && isProtocolModule(second)) return 'module';
  if (option.startsWith('--')) return 'ofProtocol';
  return option === '-m' ? 'test' : 'basic';
}

interface Ending {
  readonly target: Part<NormalTarget> | undefined;
  readonly source: NormalRuleSource;
}

/** iptables keeps the options of every rule apart from the modules, and those of a protocol in one module. */
function joinParts(chain: string, parts: readonly MatchPart[], ending: Ending): NormalRule {
  const { target, source } = ending;
  const ordered = orderParts(parts);
  let text = `-A ${chain}`;
  let isInModule = false;
  let comment: string | undefined;
  for (const { node, rank, text: own } of ordered) {
    if (rank === 'ofProtocol' && !isInModule) text += moduleOf(ordered);
    isInModule = rank === 'ofProtocol';
    text += own;
    if (node.kind === 'comment') comment ??= node.text;
  }
  return {
    text: target ? text + target.text : text,
    matches: ordered.map(({ node }) => node),
    target: target?.node,
    comment,
    source,
  };
}

function orderParts(parts: readonly MatchPart[]): readonly MatchPart[] {
  if (isOrdered(parts)) return parts;
  const of = (rank: Rank): MatchPart[] => parts.filter((part) => part.rank === rank);
  const options = of('ofProtocol').sort(byPlace);
  const place = parts.find(({ rank }) => rank === 'module' || rank === 'ofProtocol');
  const tests = parts.flatMap((part) => {
    if (part === place) return options;
    return part.rank === 'test' ? [part] : [];
  });
  return [...of('basic').sort(byPlace), ...of('comment'), ...tests];
}

/** Most rules have one match, or none. */
function isOrdered(parts: readonly MatchPart[]): boolean {
  return parts.length === 0 || (parts.length === 1 && parts[0]?.rank !== 'module');
}

/** The order of iptables-save; options without a kind of their own come last, as they were. */
const places: readonly NormalMatch['kind'][] = [
  'source',
  'destination',
  'inInterface',
  'outInterface',
  'protocol',
  'sourcePort',
  'destinationPort',
  'other',
];

function byPlace(left: MatchPart, right: MatchPart): number {
  return places.indexOf(left.node.kind) - places.indexOf(right.node.kind);
}

function moduleOf(parts: readonly MatchPart[]): string {
  const found = parts.find(({ node }) => node.kind === 'protocol')?.node;
  return found?.kind === 'protocol' && isProtocolModule(found.protocol)
    ? ` -m ${found.protocol}`
    : '';
}
