import { joinHostPort } from '../../netaddr/host-port.ts';
import { isIP, parseIP } from '../../netaddr/ip.ts';
import { printIP } from '../../netaddr/print-ip.ts';

export interface HostPort {
  readonly host: string;
  /** `undefined` where only the host is written. */
  readonly port: string | undefined;
}

/** Splits `ip:port`, `[ip]:port` or either without its port, names included; `undefined` if it is none of these. */
export function parseHostPort(text: string): HostPort | undefined {
  const isBracketed = text.startsWith('[');
  const hostEnd = text.indexOf(isBracketed ? ']' : ':');
  if (hostEnd < 0) return isHost(text, isBracketed) ? { host: text, port: undefined } : undefined;
  const host = text.slice(isBracketed ? 1 : 0, hostEnd);
  const rest = text.slice(isBracketed ? hostEnd + 1 : hostEnd);
  if (!isHost(host, isBracketed)) return undefined;
  if (rest === '') return { host, port: undefined };
  const port = rest.slice(1);
  return rest.startsWith(':') && isPort(port) ? { host, port } : undefined;
}

/** Whether an address has numbers only. */
export function isNumeric({ host, port = '0' }: HostPort): boolean {
  return isIP(host) && isDigits(port);
}

/** The canonical spelling of an address; `defaultPort` where it has none. */
export function canonicalAddress(text: string, defaultPort = '0'): string {
  const address = parseHostPort(text);
  if (!address) return text;
  const bytes = parseIP(address.host);
  const host = bytes ? printHost(address.host, printIP(bytes)) : address.host.toLowerCase();
  const port = address.port ?? defaultPort;
  return isDigits(port) ? joinHostPort(host, Number(port)) : `${host}:${port}`;
}

/** An IPv4-mapped address is an IPv6 one for IPVS. */
function printHost(written: string, printed: string): string {
  return written.includes(':') && !printed.includes(':') ? `::ffff:${printed}` : printed;
}

function isHost(host: string, isBracketed: boolean): boolean {
  if (isBracketed || host.includes(':')) return isBracketed && host.includes(':') && isIP(host);
  return isIP(host) || (/^[\w.-]+$/.test(host) && /[A-Za-z]/.test(host));
}

function isPort(port: string): boolean {
  return isDigits(port) ? Number(port) <= 0xffff : /^[A-Za-z][\w-]*$/.test(port);
}

function isDigits(text: string): boolean {
  return /^\d{1,10}$/.test(text);
}
