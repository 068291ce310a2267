import { printProbability } from './print-probability.ts';
import type { Match, Target } from './ast.ts';
import type { SavedMatch, SavedTarget } from './saved-rule.ts';
import { printMark } from '../../util/print-mark.ts';

type Kind = Match['kind'];
type MatchOf<K extends Kind> = Extract<Match, { readonly kind: K }>;
type Spellers = { readonly [K in Kind]: (match: MatchOf<K>) => SavedMatch | SavedMatch[] };

const spellers: Spellers = {
  comment: ({ text }) => ({ kind: 'comment', text, quoting: 'restore' }),
  protocol: ({ protocol, module }) => [
    ...(module ? [{ kind: 'module' as const, module: protocol }] : []),
    { kind: 'protocol', protocol },
  ],
  module: (match) => match,
  source: (match) => match,
  destination: (match) => match,
  destinationPort: ({ kind, port }) => ({ kind, port: String(port) }),
  inInterface: (match) => match,
  conntrack: (match) => match,
  state: ({ states }) => ({
    kind: 'other',
    words: ['-m', 'state', '--state', states.join(',')].map((text) => ({ text })),
  }),
  mark: (match) => ({ ...match, mark: `${printMark(match.mark)}/${printMark(match.mask)}` }),
  addrtype: ({ type, ...match }) => ({ ...match, types: [type] }),
  set: (match) => match,
  ipvs: (match) => ({ ...match, port: String(match.port) }),
  physdevIsIn: (match) => match,
  statistic: ({ kind, oneIn }) => ({ kind, probability: printProbability(oneIn) }),
  recentSet: (match) => match,
  recentCheck: ({ kind, name, seconds }) => ({
    kind,
    name,
    seconds: String(seconds),
    reap: true,
  }),
  nfacct: (match) => match,
};

/** A compiled match as its text is read again. */
export function spellMatch<K extends Kind>(
  match: MatchOf<K> & { kind: K },
): SavedMatch | SavedMatch[] {
  return spellers[match.kind](match);
}

/** A compiled target as its text is read again. */
export function spellTarget(target: Target): SavedTarget {
  if (target.kind === 'REDIRECT') return { kind: 'REDIRECT', ports: String(target.port) };
  if (target.kind !== 'MARK') return target;
  return { kind: 'MARK', option: `${target.operation}-mark`, mark: printMark(target.mark) };
}
