import { DumpProblems } from '../../diagnostics/dump-problems.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { quoteValue } from '../../util/quote-value.ts';
import { splitLines, type Line } from '../../util/split-lines.ts';
import { isNumeric, parseHostPort } from './address.ts';
import { detectFormat } from './detect-format.ts';
import { readCommandLine } from './read-command-line.ts';
import { readHeading } from './heading.ts';
import { readListedServer, readListedService, readProcfsService } from './read-listing-line.ts';
import type {
  SavedFormat,
  SavedLine,
  SavedRealServer,
  SavedVirtualServer,
  SavedVirtualServers,
  Service,
} from './saved-ast.ts';
import { serviceKey } from './service-key.ts';

export interface ParsedVirtualServers {
  readonly document: SavedVirtualServers;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads virtual servers as `ipvsadm -S -n`, `ipvsadm -L -n` or /proc/net/ip_vs print them, or as
 * `ipvsadm -R` takes them. Never throws: a line that cannot be read is `unread` in the document and
 * has a diagnostic.
 *
 * @param source The text's name in diagnostics, such as its file's.
 */
export function parseIpvsadm(text: string, source = 'ipvsadm'): ParsedVirtualServers {
  const lines = splitLines(text);
  const problems = new DumpProblems(text, source);
  const { format, refusal } = detectFormat(lines);
  if (refusal) problems.unsupported(refusal.line, refusal.message);
  const reading: Reading = { format, problems, services: new Set(), last: undefined };
  const nodes = lines.map((line) =>
    refusal ? unread(line) : (readLine(line, reading) ?? unread(line)),
  );
  if (!refusal) reportNames(lines, nodes, problems);
  const isTerminated = text.endsWith('\n') || text === '';
  return {
    document: { format, lines: nodes, isTerminated },
    diagnostics: problems.diagnostics(),
  };
}

function unread({ text, start }: Line): SavedLine {
  return { kind: 'unread', offset: start, text };
}

interface Reading {
  readonly format: SavedFormat;
  readonly problems: DumpProblems;
  /** The keys of the virtual servers so far. */
  readonly services: Set<string>;
  /** The virtual server that a listing's real servers are behind. */
  last: Service | undefined;
}

function readLine(line: Line, reading: Reading): SavedLine | undefined {
  if (line.text.trim() === '') return { kind: 'blank', offset: line.start, text: '' };
  const heading = reading.format === 'save' ? undefined : readHeading(line, reading.format);
  const node = heading ?? readServer(line, reading);
  if (!node) {
    reading.problems.unreadable(line, lineNames[reading.format]);
    return undefined;
  }
  if (node.kind !== 'virtualServer' && node.kind !== 'realServer') return node;
  const problem = findMisplaced(node, reading.services);
  if (problem !== undefined) reading.problems.syntax(line, problem);
  return problem === undefined ? node : undefined;
}

const lineNames: Readonly<Record<SavedFormat, string>> = {
  save: 'line of `ipvsadm -S -n`',
  list: 'line of `ipvsadm -L -n`',
  procfs: 'line of /proc/net/ip_vs',
  unknown: 'line of ipvsadm',
};

function readServer(
  line: Line,
  reading: Reading,
): SavedVirtualServer | SavedRealServer | undefined {
  if (reading.format === 'save') return readCommandLine(line);
  const isProcfs = reading.format === 'procfs';
  if (line.text.trimStart().startsWith('->'))
    return reading.last && readListedServer(line, reading.last, isProcfs);
  const server = isProcfs ? readProcfsService(line) : readListedService(line);
  reading.last = server?.service;
  return server;
}

/** Why a server cannot stand where it does; notes the virtual servers. */
function findMisplaced(
  { kind, service }: SavedVirtualServer | SavedRealServer,
  services: Set<string>,
): string | undefined {
  const key = serviceKey(service);
  const isKnown = services.has(key);
  if (kind === 'realServer')
    return isKnown ? undefined : `No line before this adds the virtual server ${quoteValue(key)}.`;
  services.add(key);
  return isKnown ? `The virtual server ${quoteValue(key)} is added a second time.` : undefined;
}

function reportNames(
  lines: readonly Line[],
  nodes: readonly SavedLine[],
  problems: DumpProblems,
): void {
  const index = nodes.findIndex((node) => hasNames(node));
  const line = lines[index];
  if (!line) return;
  const message = 'Names stand here for addresses or ports; ipvsadm prints numbers with `-n`.';
  problems.unsupported(line, message);
}

function hasNames(node: SavedLine): boolean {
  if (node.kind !== 'virtualServer' && node.kind !== 'realServer') return false;
  const addresses = [
    ...(node.service.protocol === 'fwm' ? [] : [node.service.address]),
    ...(node.kind === 'realServer' ? [node.address] : []),
  ];
  return addresses.some((address) => {
    const parsed = parseHostPort(address);
    return parsed !== undefined && !isNumeric(parsed);
  });
}
