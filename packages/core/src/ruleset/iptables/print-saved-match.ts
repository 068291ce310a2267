import { inPlainQuotes, inQuotes } from './quote-word.ts';
import type { OptionWord, Quoting, SavedMatch } from './saved-rule.ts';

type Kind = SavedMatch['kind'];
type MatchOf<K extends Kind> = SavedMatch & { readonly kind: K };
type Printers = { readonly [K in Kind]: (match: MatchOf<K>) => string };

const quote: Readonly<Record<Quoting, (text: string) => string>> = {
  bare: (text) => text,
  restore: inPlainQuotes,
  save: inQuotes,
};

const printers: Printers = {
  comment: ({ text, quoting }) => ` -m comment --comment ${quote[quoting](text)}`,
  protocol: (match) => `${printNot(match)} -p ${match.protocol}`,
  module: ({ module }) => ` -m ${module}`,
  source: (match) => `${printNot(match)} -s ${match.address}`,
  destination: (match) => `${printNot(match)} -d ${match.address}`,
  inInterface: (match) => `${printNot(match)} -i ${match.name}`,
  outInterface: (match) => `${printNot(match)} -o ${match.name}`,
  sourcePort: (match) => `${printNot(match)} --sport ${match.port}`,
  destinationPort: (match) => `${printNot(match)} --dport ${match.port}`,
  conntrack: (match) => ` -m conntrack${printNot(match)} --ctstate ${match.states.join(',')}`,
  mark: (match) => ` -m mark${printNot(match)} --mark ${match.mark}`,
  addrtype: (match) =>
    ` -m addrtype${printNot(match)} --${match.side === 'source' ? 'src' : 'dst'}-type ${match.types.join(',')}`,
  set: (match) => ` -m set${printNot(match)} --match-set ${match.name} ${match.fields.join(',')}`,
  ipvs: ({ address, protocol, port }) =>
    ` -m ipvs --vaddr ${address} --vproto ${protocol} --vport ${port}`,
  physdevIsIn: (match) => ` -m physdev${printNot(match)} --physdev-is-in`,
  statistic: (match) =>
    ` -m statistic --mode random${printNot(match)} --probability ${match.probability}`,
  recentSet: (match) => printRecent(match, ' --set'),
  recentCheck: (match) =>
    printRecent(match, ` --rcheck --seconds ${match.seconds}${match.reap ? ' --reap' : ''}`),
  nfacct: ({ name }) => ` -m nfacct --nfacct-name ${name}`,
  other: ({ words }) => printOptionWords(words),
};

/** Prints a match with a leading space, as it was written. */
export function printSavedMatch<K extends Kind>(match: MatchOf<K> & { kind: K }): string {
  return printers[match.kind](match);
}

export function printOptionWords(words: readonly OptionWord[]): string {
  let text = '';
  for (const word of words) text += (word.gap ?? ' ') + (word.spelling ?? word.text);
  return text;
}

function printNot({ inverted }: { readonly inverted?: true }): string {
  return inverted ? ' !' : '';
}

/** iptables-save puts the name after the options and tells mask and side; kube-proxy puts the name first. */
function printRecent(match: MatchOf<'recentSet' | 'recentCheck'>, options: string): string {
  const { name, mask, side } = match;
  if (mask === undefined && side === undefined) return ` -m recent --name ${name}${options}`;
  const list = `${mask === undefined ? '' : ` --mask ${mask}`}${side ? ` --${side}` : ''}`;
  return ` -m recent${options} --name ${name}${list}`;
}
