import type { Match } from './ast.ts';
import { printMark } from '../../util/print-mark.ts';
import { printProbability } from './print-probability.ts';
import { printWord } from './print-word.ts';

type MatchOf<Kind extends Match['kind']> = Extract<Match, { readonly kind: Kind }>;
type Printers = { readonly [Kind in Match['kind']]: (match: MatchOf<Kind>) => string };

/** Each match in the words of iptables-extensions(8), with a leading space, so that a rule is one chain of appends. */
const printers: Printers = {
  comment: ({ text }) => ` -m comment --comment ${printWord(text)}`,
  protocol: ({ protocol, module }) => `${module ? ` -m ${protocol}` : ''} -p ${protocol}`,
  module: ({ module }) => ` -m ${module}`,
  source: (match) => `${printNot(match)} -s ${printWord(match.address)}`,
  destination: (match) => `${printNot(match)} -d ${printWord(match.address)}`,
  destinationPort: ({ port }) => ` --dport ${port}`,
  inInterface: (match) => `${printNot(match)} -i ${printWord(match.name)}`,
  conntrack: (match) => ` -m conntrack${printNot(match)} --ctstate ${match.states.join(',')}`,
  state: ({ states }) => ` -m state --state ${states.join(',')}`,
  mark: (match) =>
    ` -m mark${printNot(match)} --mark ${printMark(match.mark)}/${printMark(match.mask)}`,
  addrtype: (match) =>
    ` -m addrtype${printNot(match)} --${match.side === 'source' ? 'src' : 'dst'}-type ${match.type}`,
  set: ({ name, fields }) => ` -m set --match-set ${printWord(name)} ${fields.join(',')}`,
  ipvs: ({ address, protocol, port }) =>
    ` -m ipvs --vaddr ${printWord(address)} --vproto ${protocol} --vport ${port}`,
  physdevIsIn: (match) => ` -m physdev${printNot(match)} --physdev-is-in`,
  statistic: ({ oneIn }) => ` -m statistic --mode random --probability ${printProbability(oneIn)}`,
  recentSet: ({ name }) => ` -m recent --name ${printWord(name)} --set`,
  recentCheck: ({ name, seconds }) =>
    ` -m recent --name ${printWord(name)} --rcheck --seconds ${seconds} --reap`,
  nfacct: ({ name }) => ` -m nfacct --nfacct-name ${printWord(name)}`,
};

export function printMatch<Kind extends Match['kind']>(
  match: MatchOf<Kind> & { kind: Kind },
): string {
  return printers[match.kind](match);
}

function printNot({ inverted }: { readonly inverted?: true }): string {
  return inverted ? ' !' : '';
}
