import type { Line } from '../../util/split-lines.ts';
import { serverColumns, serviceColumns } from './heading.ts';
import { parseProcfsAddress } from './procfs-address.ts';
import type { SavedFormat } from './saved-ast.ts';

export interface Detected {
  readonly format: SavedFormat;
  /** Why the text is not read, and the line that shows it. */
  readonly refusal?: { readonly line: Line; readonly message: string };
}

/** The format of the first line that has one; a text with nothing in it is what `ipvsadm -S` prints where no server is. */
export function detectFormat(lines: readonly Line[]): Detected {
  const filled = lines.filter(({ text }) => text.trim() !== '');
  for (const line of filled) {
    const refusal = findRefusal(line);
    if (refusal !== undefined)
      return { format: 'unknown', refusal: { line, message: `${refusal}; ${advice}.` } };
    const format = formatOf(line.text.trimEnd());
    if (format) return { format };
  }
  const [first] = filled;
  if (!first) return { format: 'save' };
  const message = `No line of this text is about a virtual server; ${advice}.`;
  return { format: 'unknown', refusal: { line: first, message } };
}

const advice = '`ipvsadm -S -n` prints what can be read';

function formatOf(line: string): SavedFormat | undefined {
  if (/^(?:-[Aa]|--add-serv(?:ice|er))(?:\s|$)/.test(line)) return 'save';
  if (line === serverColumns.list) return 'list';
  if (line === serverColumns.procfs) return 'procfs';
  const [protocol = '', address = ''] = line.split(/\s+/, 2);
  if (!['TCP', 'UDP', 'SCTP', 'FWM'].includes(protocol)) return undefined;
  return parseProcfsAddress(address) === undefined ? 'list' : 'procfs';
}

const listings: readonly (readonly [column: string, option: string])[] = [
  ['InBytes', '--stats'],
  ['InBPS', '--rate'],
  ['Uthreshold', '--thresholds'],
  ['PersistConn', '--persistent-conn'],
  ['TunnelInfo', '--tun-info'],
];

const foreignBeginnings: readonly (readonly [beginning: string, what: string])[] = [
  ['IPVS connection entries', 'what `ipvsadm -L -c` prints'],
  ['Timeout (tcp tcpfin udp)', 'what `ipvsadm -L --timeout` prints'],
  ['Name:', 'what `ipset list` prints'],
  ['create ', 'what `ipset save` prints'],
  ['*', 'what `iptables-save` prints'],
  ['-P ', 'what `iptables -S` prints'],
  ['-N ', 'what `iptables -S` prints'],
  ['table ', 'what `nft list ruleset` prints'],
];

function findRefusal({ text }: Line): string | undefined {
  const foreign = foreignBeginnings.find(([beginning]) => text.startsWith(beginning));
  if (foreign) return `This is ${foreign[1]}`;
  if (/^-A [A-Z]/.test(text)) return 'This is what `iptables -S` prints';
  const isColumns =
    text.startsWith('Prot LocalAddress:Port') || text.trimStart().startsWith('-> R');
  if (!isColumns || text.trimEnd() === serviceColumns) return undefined;
  const words = text.split(/\s+/);
  const listing = listings.find(([column]) => words.includes(column));
  return listing && `This is what \`ipvsadm -L ${listing[1]}\` prints`;
}
