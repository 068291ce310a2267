import { parseCIDR, printCIDR } from '../../src/netaddr/cidr.ts';
import { parseIP } from '../../src/netaddr/ip.ts';
import { printIP } from '../../src/netaddr/print-ip.ts';
import type { ProtocolName } from '../../src/netaddr/protocol.ts';
import type { Entry, SetType } from '../../src/ruleset/ipset/index.ts';

/**
 * Reads an entry of a set as ipset(8) does. It throws for what the kernel would refuse (a prefix of
 * length 0, a port out of range) or write otherwise (an address or network in another form).
 */
export function parseEntry(type: SetType, text: string): Entry {
  const [first = '', second = '', third = '', ...rest] = text.split(',');
  const parts = [first, second, third].filter((part) => part !== '');
  if (rest.length > 0 || parts.length !== type.split(',').length) throw notAn(type, text);
  switch (type) {
    case 'hash:ip':
      return { kind: type, ip: readIP(first) };
    case 'hash:ip,port':
      return { kind: type, ip: readIP(first), ...readPort(second) };
    case 'hash:ip,port,ip':
      return { kind: type, ip: readIP(first), ...readPort(second), secondIP: readIP(third) };
    case 'hash:ip,port,net':
      return { kind: type, ip: readIP(first), ...readPort(second), net: readNet(third) };
    case 'bitmap:port':
      return { kind: type, port: readNumber(first) };
  }
}

function notAn(what: string, text: string): Error {
  return new Error(`${text} is no ${what}`);
}

function readIP(text: string): string {
  const ip = parseIP(text);
  if (!ip || printIP(ip) !== text) throw notAn('address', text);
  return text;
}

function readNet(text: string): string {
  const cidr = parseCIDR(text);
  if (!cidr || cidr.prefixLength === 0 || printCIDR(cidr) !== text) throw notAn('network', text);
  return text;
}

const protocols: readonly ProtocolName[] = ['tcp', 'udp', 'sctp'];

function readPort(text: string): { protocol: ProtocolName; port: number } {
  const [name, number = '', ...rest] = text.split(':');
  const protocol = protocols.find((one) => one === name);
  if (!protocol || rest.length > 0) throw notAn('protocol and port', text);
  return { protocol, port: readNumber(number) };
}

function readNumber(text: string): number {
  const port = Number(text);
  if (!/^[1-9]\d*$/.test(text) || port > 65_535) throw notAn('port', text);
  return port;
}
