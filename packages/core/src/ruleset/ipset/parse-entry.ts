import { isCIDR } from '../../netaddr/cidr.ts';
import { isIP } from '../../netaddr/ip.ts';
import type { ProtocolName } from '../../netaddr/protocol.ts';
import type { Entry, SetType } from './ast.ts';
import type { SavedEntry } from './saved-ast.ts';
import { dimensionsOf, isKnownType } from './set-type.ts';

/**
 * Reads an entry of a set. What ipset(8) takes and the kernel writes otherwise (a range, a port without
 * its protocol) stays as it is written, and so does every entry of a type that kube-proxy does not use.
 * `undefined` if the text is no entry of the type.
 */
export function parseEntry(type: string, text: string): SavedEntry | undefined {
  if (!isKnownType(type)) return { kind: 'other', text };
  const parts = text.split(',');
  const dimensions = dimensionsOf(type);
  if (parts.length !== dimensions.length) return undefined;
  if (!parts.every((part, index) => isPartOf(dimensions[index], part))) return undefined;
  return readEntry(type, parts) ?? { kind: 'other', text };
}

function readEntry(type: SetType, [first = '', ...rest]: readonly string[]): Entry | undefined {
  if (type === 'bitmap:port') {
    const port = readPort(first);
    return port === undefined ? undefined : { kind: type, port };
  }
  if (!isIP(first)) return undefined;
  return type === 'hash:ip' ? { kind: type, ip: first } : readServiceEntry(type, first, rest);
}

function readServiceEntry(
  type: Exclude<SetType, 'bitmap:port' | 'hash:ip'>,
  ip: string,
  [second = '', third = '']: readonly string[],
): Entry | undefined {
  const service = readProtocolPort(second);
  if (!service) return undefined;
  switch (type) {
    case 'hash:ip,port':
      return { kind: type, ip, ...service };
    case 'hash:ip,port,ip':
      return isIP(third) ? { kind: type, ip, ...service, secondIP: third } : undefined;
    case 'hash:ip,port,net':
      return isIP(third) || isCIDR(third) ? { kind: type, ip, ...service, net: third } : undefined;
  }
}

const protocols: readonly ProtocolName[] = ['tcp', 'udp', 'sctp'];

function readProtocolPort(text: string): { protocol: ProtocolName; port: number } | undefined {
  const colon = text.indexOf(':');
  const protocol = protocols.find((one) => one === text.slice(0, colon));
  const port = readPort(text.slice(colon + 1));
  return protocol && port !== undefined ? { protocol, port } : undefined;
}

function readPort(text: string): number | undefined {
  const port = Number(text);
  return Number.isInteger(port) && port >= 0 && port <= 0xffff && String(port) === text
    ? port
    : undefined;
}

function isPartOf(dimension: string | undefined, text: string): boolean {
  return dimension === 'port' ? isPortPart(text) : isAddressPart(text);
}

function isAddressPart(text: string): boolean {
  return isIP(text) || isCIDR(text) || isAddressRange(text);
}

function isAddressRange(text: string): boolean {
  const dash = text.indexOf('-');
  return isIP(text.slice(0, Math.max(dash, 0))) && isIP(text.slice(dash + 1));
}

/** What ipset(8) takes as a port: `80`, `http`, `80-90`, `udp:53`, `icmp:8/0`. */
function isPortPart(text: string): boolean {
  const colon = text.indexOf(':');
  const port = text.slice(colon + 1);
  return /^[\w/-]+$/.test(port) && (colon < 0 || /^[\w-]+$/.test(text.slice(0, colon)));
}
