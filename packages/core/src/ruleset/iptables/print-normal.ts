import { printCIDR } from '../../netaddr/cidr.ts';
import { joinHostPort } from '../../netaddr/host-port.ts';
import type { NormalMatch, NormalTarget } from './normal.ts';
import { allOnes } from './normalize-number.ts';
import { inQuotes } from './quote-word.ts';

type Kind = NormalMatch['kind'];
type MatchOf<K extends Kind> = NormalMatch & { readonly kind: K };
type Printers = { readonly [K in Kind]: (match: MatchOf<K>) => string };

/** Each match in the words of iptables-save, with a leading space. Ports are without their module. */
const printers: Printers = {
  source: (match) => `${printNot(match)} -s ${printCIDR(match.cidr)}`,
  destination: (match) => `${printNot(match)} -d ${printCIDR(match.cidr)}`,
  inInterface: (match) => `${printNot(match)} -i ${spell(match.name)}`,
  outInterface: (match) => `${printNot(match)} -o ${spell(match.name)}`,
  protocol: (match) => `${printNot(match)} -p ${spell(match.protocol)}`,
  sourcePort: (match) => `${printNot(match)} --sport ${printPorts(match)}`,
  destinationPort: (match) => `${printNot(match)} --dport ${printPorts(match)}`,
  comment: ({ text }) => ` -m comment --comment ${inQuotes(text)}`,
  conntrack: (match) => ` -m conntrack${printNot(match)} --ctstate ${printList(match.states)}`,
  mark: (match) => ` -m mark${printNot(match)} --mark ${printMarkMatch(match)}`,
  addrtype: (match) =>
    ` -m addrtype${printNot(match)} --${match.side === 'source' ? 'src' : 'dst'}-type ${printList(match.types)}`,
  set: (match) =>
    ` -m set${printNot(match)} --match-set ${spell(match.name)} ${printList(match.fields)}`,
  ipvs: ({ cidr, protocol, port }) =>
    ` -m ipvs --vaddr ${printCIDR(cidr)} --vproto ${spell(protocol)} --vport ${port}`,
  physdevIsIn: (match) => ` -m physdev${printNot(match)} --physdev-is-in`,
  statistic: (match) =>
    ` -m statistic --mode random${printNot(match)} --probability ${(match.threshold / 2 ** 31).toFixed(11)}`,
  recentSet: (match) => ` -m recent --set${printRecentList(match)}`,
  recentCheck: (match) =>
    ` -m recent --rcheck --seconds ${match.seconds}${match.reap ? ' --reap' : ''}${printRecentList(match)}`,
  nfacct: ({ name }) => ` -m nfacct --nfacct-name ${spell(name)}`,
  other: ({ words }) => printWords(words),
};

/** Prints a match in its one spelling. */
export function printNormalMatch<K extends Kind>(match: MatchOf<K> & { kind: K }): string {
  return printers[match.kind](match);
}

type TargetKind = NormalTarget['kind'];
type TargetOf<K extends TargetKind> = NormalTarget & { readonly kind: K };

const targetPrinters: { readonly [K in TargetKind]: (target: TargetOf<K>) => string } = {
  jump: ({ chain }) => ` -j ${spell(chain)}`,
  goto: ({ chain }) => ` -g ${spell(chain)}`,
  ACCEPT: () => ' -j ACCEPT',
  DROP: () => ' -j DROP',
  RETURN: () => ' -j RETURN',
  REJECT: (target) => ` -j REJECT --reject-with ${spell(target.with)}`,
  MARK: ({ mark, mask }) => ` -j MARK --set-xmark ${printHex(mark)}/${printHex(mask)}`,
  MASQUERADE: ({ randomFully }) => ` -j MASQUERADE${randomFully ? ' --random-fully' : ''}`,
  DNAT: (target) => ` -j DNAT --to-destination ${printDestination(target)}`,
  REDIRECT: ({ port }) => ` -j REDIRECT --to-ports ${port}`,
  other: ({ words }) => printWords(words),
};

/** Prints a target in its one spelling, with a leading space. */
export function printNormalTarget<K extends TargetKind>(target: TargetOf<K> & { kind: K }): string {
  return targetPrinters[target.kind](target);
}

function printWords(words: readonly string[]): string {
  return words.map((word) => ` ${spell(word)}`).join('');
}

const plain = /^[A-Za-z0-9_.,:/@%+=[\]!-]+$/;

function spell(word: string): string {
  return plain.test(word) ? word : inQuotes(word);
}

function printNot({ inverted }: { readonly inverted?: true }): string {
  return inverted ? ' !' : '';
}

function printList(words: readonly string[]): string {
  return spell(words.join(','));
}

function printPorts({ first, last }: MatchOf<'sourcePort' | 'destinationPort'>): string {
  return first === last ? String(first) : `${first}:${last}`;
}

function printMarkMatch({ mark, mask }: MatchOf<'mark'>): string {
  return mask === allOnes ? printHex(mark) : `${printHex(mark)}/${printHex(mask)}`;
}

function printHex(value: number): string {
  return `0x${value.toString(16)}`;
}

function printRecentList({ name, side, mask }: MatchOf<'recentSet' | 'recentCheck'>): string {
  const direction = side === 'source' ? '--rsource' : '--rdest';
  return ` --name ${spell(name)} --mask ${spell(mask)} ${direction}`;
}

function printDestination({ address, port }: NormalTarget & { readonly kind: 'DNAT' }): string {
  return port === undefined ? address : joinHostPort(address, port);
}
