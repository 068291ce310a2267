import type { Family } from '../../netaddr/family.ts';
import { parseIP } from '../../netaddr/ip.ts';
import { printIP } from '../../netaddr/print-ip.ts';
import type { NormalMatch } from './normal.ts';
import { bitsOf, normalizeAddress } from './normalize-address.ts';
import { parseMarkAndMask, parsePortNumber, parseUint32 } from './normalize-number.ts';
import { normalizeProtocol } from './normalize-protocol.ts';
import { parseMatch } from './parse-match.ts';
import { printSavedMatch } from './print-saved-match.ts';
import type { SavedMatch } from './saved-rule.ts';

type Kind = SavedMatch['kind'];
type MatchOf<K extends Kind> = SavedMatch & { readonly kind: K };

/** `everything`: the match says nothing of a packet. */
type Normalized = NormalMatch | 'everything' | undefined;
type Normalizers = {
  readonly [K in Kind]: (match: MatchOf<K>, family: Family) => Normalized;
};

/** Brings a match to its one spelling; undefined if every packet matches. */
export function normalizeMatch(match: SavedMatch, family: Family): NormalMatch | undefined {
  const normal = normalizeKind(match, family);
  if (normal === 'everything') return undefined;
  return normal ?? { kind: 'other', words: printSavedMatch(match).trimStart().split(' ') };
}

function normalizeKind<K extends Kind>(
  match: MatchOf<K> & { kind: K },
  family: Family,
): Normalized {
  return normalizers[match.kind](match, family);
}

const normalizers: Normalizers = {
  comment: ({ text }) => ({ kind: 'comment', text }),
  protocol: (match) => {
    const protocol = normalizeProtocol(match.protocol);
    return protocol === 'all' ? 'everything' : { kind: 'protocol', protocol, ...not(match) };
  },
  module: ({ module }) => ({ kind: 'other', words: ['-m', module] }),
  source: normalizeSide,
  destination: normalizeSide,
  inInterface: ({ kind, name, ...inverted }) => ({ kind, name, ...inverted }),
  outInterface: ({ kind, name, ...inverted }) => ({ kind, name, ...inverted }),
  sourcePort: normalizePorts,
  destinationPort: normalizePorts,
  conntrack: (match) => ({
    kind: 'conntrack',
    states: match.states.toSorted((a, b) => stateOrder.indexOf(a) - stateOrder.indexOf(b)),
    ...not(match),
  }),
  mark: (match) => {
    const mark = parseMarkAndMask(match.mark);
    return mark && { kind: 'mark', ...mark, ...not(match) };
  },
  addrtype: (match) => ({
    kind: 'addrtype',
    side: match.side,
    types: match.types.toSorted(),
    ...not(match),
  }),
  set: (match) => ({ kind: 'set', name: match.name, fields: match.fields, ...not(match) }),
  ipvs: ({ address, protocol, port }, family) => {
    const cidr = normalizeAddress(address, family);
    const number = parsePortNumber(port);
    if (!cidr || number === undefined) return undefined;
    return { kind: 'ipvs', cidr, protocol: normalizeProtocol(protocol), port: number };
  },
  physdevIsIn: (match) => ({ kind: 'physdevIsIn', ...not(match) }),
  statistic: (match) => {
    const threshold = parseThreshold(match.probability);
    return threshold === undefined ? undefined : { kind: 'statistic', threshold, ...not(match) };
  },
  recentSet: (match, family) => ({ kind: 'recentSet', ...normalizeList(match, family) }),
  recentCheck: (match, family) => {
    const seconds = parseUint32(match.seconds);
    if (seconds === undefined) return undefined;
    const { reap } = match;
    return { kind: 'recentCheck', seconds, reap, ...normalizeList(match, family) };
  },
  nfacct: ({ name }) => ({ kind: 'nfacct', name }),
  other: normalizeOther,
};

/** The order in which iptables-save prints states. */
const stateOrder = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT'];

function normalizeSide(match: MatchOf<'source' | 'destination'>, family: Family): Normalized {
  const cidr = normalizeAddress(match.address, family);
  if (cidr?.prefixLength === 0 && !match.inverted) return 'everything';
  return cidr && { kind: match.kind, cidr, ...not(match) };
}

function normalizePorts(match: MatchOf<'sourcePort' | 'destinationPort'>): Normalized {
  const [from = '', to = from, ...more] = match.port.split(':');
  const isRange = match.port.includes(':');
  const first = isRange && from === '' ? 0 : parsePortNumber(from);
  const last = isRange && to === '' ? 0xffff : parsePortNumber(to);
  if (first === undefined || last === undefined || more.length > 0) return undefined;
  return { kind: match.kind, first, last, ...not(match) };
}

/** The kernel keeps a probability as a number of 31 bits. */
function parseThreshold(text: string): number | undefined {
  const probability = Number(text);
  if (!/^\d*\.?\d+$/.test(text) || probability > 1) return undefined;
  return Math.round(probability * 2 ** 31);
}

function normalizeList(
  { name, mask, side }: MatchOf<'recentSet' | 'recentCheck'>,
  family: Family,
): Pick<NormalMatch & { kind: 'recentSet' }, 'name' | 'side' | 'mask'> {
  const bytes = mask === undefined ? allOnes(family) : parseIP(mask);
  return {
    name,
    side: side === 'rdest' ? 'destination' : 'source',
    mask: bytes ? printIP(bytes) : (mask ?? ''),
  };
}

function allOnes(family: Family): number[] {
  return Array.from({ length: bitsOf(family) / 8 }, () => 255);
}

/** What did not print as it was written may still have a kind. */
function normalizeOther({ words }: MatchOf<'other'>, family: Family): Normalized {
  const texts = renameOption(words.map(({ text }) => text));
  const known = parseMatch(texts);
  if (!known) return { kind: 'other', words: texts };
  return normalizeMatch(known, family) ?? 'everything';
}

/** `-m state` is conntrack by its old name, and `--syn` stands for flags: iptables-save prints the latter. */
function renameOption(words: readonly string[]): readonly string[] {
  if (words[1] === 'state' && words.includes('--state')) {
    return words.map((word) => renamed.get(word) ?? word);
  }
  if (words.at(-1) !== '--syn') return words;
  return [...words.slice(0, -1), '--tcp-flags', 'FIN,SYN,RST,ACK', 'SYN'];
}

const renamed: ReadonlyMap<string, string> = new Map([
  ['state', 'conntrack'],
  ['--state', '--ctstate'],
]);

function not({ inverted }: { readonly inverted?: true }): { readonly inverted?: true } {
  return inverted ? { inverted } : {};
}
