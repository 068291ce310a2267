import type { ProtocolName } from '../../netaddr/protocol.ts';
import type { Line } from '../../util/split-lines.ts';
import { parseHostPort } from './address.ts';
import { parseProcfsAddress, parseProcfsNetmask } from './procfs-address.ts';
import { readMark, readNumber } from './read-number.ts';
import type {
  ForwardingMethod,
  Persistence,
  SavedRealServer,
  SavedVirtualServer,
  Service,
} from './saved-ast.ts';
import { WordCursor } from './word-cursor.ts';

const protocols: ReadonlyMap<string, ProtocolName> = new Map([
  ['TCP', 'tcp'],
  ['UDP', 'udp'],
  ['SCTP', 'sctp'],
]);

export const forwardingWords: Readonly<Record<ForwardingMethod, string>> = {
  masq: 'Masq',
  route: 'Route',
  tunnel: 'Tunnel',
  local: 'Local',
  bypass: 'Bypass',
};

const forwardingMethods: readonly ForwardingMethod[] = [
  'masq',
  'route',
  'tunnel',
  'local',
  'bypass',
];

/** Reads a virtual server's line of `ipvsadm -L`: `TCP  10.96.0.1:443 rr persistent 10800`. */
export function readListedService(line: Line): SavedVirtualServer | undefined {
  const cursor = new WordCursor(line.text);
  const service = readService(cursor);
  const scheduler = cursor.take();
  if (!service || scheduler === '') return undefined;
  const flags = cursor.takeBeginning('(');
  const persistence = readPersistence(cursor);
  const persistenceEngine = cursor.takeIf('pe') ? cursor.take() : undefined;
  const isOnePacket = cursor.takeIf('ops');
  if (!cursor.isAtEnd() || persistence === null || flags?.endsWith(')') === false) return undefined;
  return {
    kind: 'virtualServer',
    offset: line.start,
    service,
    scheduler,
    persistence,
    persistenceEngine,
    isOnePacket,
    schedulerFlags: flags?.slice(1, -1).split(',') ?? [],
    isPadded: false,
  };
}

/** Reads a virtual server's line of /proc/net/ip_vs: `TCP  0A600001:01BB rr  persistent 36000 FFFFFFFF`. */
export function readProcfsService(line: Line): SavedVirtualServer | undefined {
  const cursor = new WordCursor(line.text);
  const service = readProcfsAddress(cursor);
  const scheduler = cursor.take();
  const isOnePacket = cursor.takeIf('ops');
  const persistence = readProcfsPersistence(cursor);
  if (!service || scheduler === '' || persistence === null || !cursor.isAtEnd()) return undefined;
  const isIPv6Mark = service.protocol === 'fwm' && persistence?.isIPv6 === true;
  return {
    kind: 'virtualServer',
    offset: line.start,
    service: isIPv6Mark ? { ...service, family: 'IPv6' } : service,
    scheduler,
    persistence: persistence && { timeout: persistence.timeout, netmask: persistence.netmask },
    persistenceEngine: undefined,
    isOnePacket,
    schedulerFlags: [],
    isPadded: line.text.endsWith(' '),
  };
}

/** Reads a real server's line of either listing. */
export function readListedServer(
  line: Line,
  service: Service,
  isProcfs: boolean,
): SavedRealServer | undefined {
  const cursor = new WordCursor(line.text);
  if (!cursor.takeIf('->')) return undefined;
  const address = isProcfs ? parseProcfsAddress(cursor.take()) : cursor.take();
  if (address === undefined || !parseHostPort(address)) return undefined;
  const word = cursor.take();
  const forwarding = forwardingMethods.find((one) => forwardingWords[one] === word);
  const weight = readNumber(cursor.take());
  const activeConnections = readNumber(cursor.take());
  const inactiveConnections = readNumber(cursor.take());
  if (!forwarding || inactiveConnections === undefined || !cursor.isAtEnd()) return undefined;
  if (weight === undefined || activeConnections === undefined) return undefined;
  return {
    kind: 'realServer',
    offset: line.start,
    service,
    address,
    forwarding,
    tunnel: undefined,
    weight,
    upperThreshold: undefined,
    lowerThreshold: undefined,
    activeConnections,
    inactiveConnections,
    isPadded: line.text.endsWith(' '),
  };
}

function readService(cursor: WordCursor): Service | undefined {
  const word = cursor.take();
  const protocol = protocols.get(word);
  const text = cursor.take();
  if (protocol) return parseHostPort(text) ? { protocol, address: text } : undefined;
  const mark = word === 'FWM' ? readMark(text) : undefined;
  if (mark === undefined) return undefined;
  return { protocol: 'fwm', mark, family: cursor.takeIf('IPv6') ? 'IPv6' : 'IPv4' };
}

function readProcfsAddress(cursor: WordCursor): Service | undefined {
  const word = cursor.take();
  const protocol = protocols.get(word);
  const text = cursor.take();
  if (protocol) {
    const address = parseProcfsAddress(text);
    return address === undefined ? undefined : { protocol, address };
  }
  if (word !== 'FWM' || !/^[\dA-F]{8}$/.test(text)) return undefined;
  return { protocol: 'fwm', mark: Number.parseInt(text, 16), family: 'IPv4' };
}

/** `null` if what stands there is no persistence. */
function readPersistence(cursor: WordCursor): Persistence | undefined | null {
  if (!cursor.takeIf('persistent')) return undefined;
  const timeout = readNumber(cursor.take());
  const netmask = cursor.takeIf('mask') ? cursor.take() : undefined;
  return timeout === undefined || netmask === '' ? null : { timeout, netmask };
}

interface ProcfsPersistence {
  readonly timeout: number;
  readonly netmask: string;
  readonly isIPv6: boolean;
}

function readProcfsPersistence(cursor: WordCursor): ProcfsPersistence | undefined | null {
  if (!cursor.takeIf('persistent')) return undefined;
  const timeout = readNumber(cursor.take());
  const mask = parseProcfsNetmask(cursor.take());
  return timeout === undefined || !mask ? null : { timeout, ...mask };
}
