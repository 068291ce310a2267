import { printLines } from '../../util/print-lines.ts';
import { printHeading } from './heading.ts';
import { printAddServer, printAddService } from './print-command-line.ts';
import { printProcfsAddress, printProcfsNetmask } from './procfs-address.ts';
import { forwardingWords } from './read-listing-line.ts';
import type {
  SavedFormat,
  SavedLine,
  SavedRealServer,
  SavedVirtualServer,
  SavedVirtualServers,
} from './saved-ast.ts';

/** Prints what `parseIpvsadm` read. What ipvsadm, the kernel or kube-rules printed becomes the same text again. */
export function printSavedVirtualServers(document: SavedVirtualServers): string {
  const text = printLines(document.lines, (line) => printLine(line, document.format));
  return document.isTerminated ? text : text.slice(0, -1);
}

function printLine(line: SavedLine, format: SavedFormat): string {
  switch (line.kind) {
    case 'virtualServer':
      return serverPrinters[format].service(line);
    case 'realServer':
      return serverPrinters[format].server(line);
    case 'version':
    case 'serviceColumns':
    case 'serverColumns':
      return printHeading(line, format);
    case 'blank':
    case 'unread':
      return line.text;
  }
}

interface ServerPrinter {
  readonly service: (server: SavedVirtualServer) => string;
  readonly server: (server: SavedRealServer) => string;
}

const commandPrinter: ServerPrinter = { service: printAddService, server: printAddServer };

const serverPrinters: Readonly<Record<SavedFormat, ServerPrinter>> = {
  save: commandPrinter,
  unknown: commandPrinter,
  list: { service: printListedService, server: printListedServer },
  procfs: { service: printProcfsService, server: printProcfsServer },
};

function printListedService(server: SavedVirtualServer): string {
  const { service, scheduler = '', schedulerFlags, persistence, persistenceEngine } = server;
  const family = service.protocol === 'fwm' && service.family === 'IPv6' ? ' IPv6' : '';
  const address = service.protocol === 'fwm' ? String(service.mark) : service.address;
  const words = [`${service.protocol.toUpperCase().padEnd(4)} ${address}${family} ${scheduler}`];
  if (schedulerFlags.length > 0) words.push(`(${schedulerFlags.join(',')})`);
  if (persistence) words.push(`persistent ${persistence.timeout ?? 0}`);
  if (persistence?.netmask !== undefined) words.push(`mask ${persistence.netmask}`);
  if (persistenceEngine !== undefined) words.push(`pe ${persistenceEngine}`);
  if (server.isOnePacket) words.push('ops');
  return words.join(' ');
}

function printListedServer(server: SavedRealServer): string {
  return `  -> ${server.address.padEnd(28)} ${printColumns(server)}`;
}

function printProcfsServer(server: SavedRealServer): string {
  return `  -> ${printProcfsAddress(server.address)}      ${printColumns(server)}`;
}

function printColumns(server: SavedRealServer): string {
  const { forwarding, weight, activeConnections, inactiveConnections, isPadded } = server;
  const method = forwardingWords[forwarding ?? 'route'].padEnd(7);
  const last = String(inactiveConnections ?? 0).padEnd(isPadded ? 10 : 0);
  return `${method} ${String(weight ?? 1).padEnd(6)} ${String(activeConnections ?? 0).padEnd(10)} ${last}`;
}

/** Only the kernel's line of an IPv4 address has a blank of its own for `ops`. */
function printProcfsService(server: SavedVirtualServer): string {
  const { service, scheduler = '', persistence, isOnePacket, isPadded } = server;
  const isMark = service.protocol === 'fwm';
  const address = isMark
    ? service.mark.toString(16).toUpperCase().padStart(8, '0')
    : printProcfsAddress(service.address);
  const gap = isMark || address.startsWith('[') ? '' : ' ';
  const line = `${service.protocol.toUpperCase()}  ${address} ${scheduler} ${isOnePacket ? 'ops ' : ''}${gap}`;
  if (!persistence) return isPadded ? line : line.trimEnd();
  const { timeout = 0, netmask = '' } = persistence;
  return `${line}persistent ${timeout} ${printProcfsNetmask(netmask)}`;
}
