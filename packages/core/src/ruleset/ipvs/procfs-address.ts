import { joinHostPort } from '../../netaddr/host-port.ts';
import { parseIP } from '../../netaddr/ip.ts';
import { printIP } from '../../netaddr/print-ip.ts';
import { parseHostPort } from './address.ts';

/** Reads `0A600001:01BB` or `[2001:0db8:…:0001]:0050`, as /proc/net/ip_vs has them, as `ip:port`. */
export function parseProcfsAddress(text: string): string | undefined {
  const colon = text.lastIndexOf(':');
  const port = text.slice(colon + 1);
  const host = text.slice(0, Math.max(colon, 0));
  if (!isHex(port, 4)) return undefined;
  const ip = host.startsWith('[') ? parseLongIPv6(host) : parseHexIPv4(host);
  return ip === undefined ? undefined : joinHostPort(ip, Number.parseInt(port, 16));
}

/** Prints `ip:port` as /proc/net/ip_vs does. */
export function printProcfsAddress(address: string): string {
  const { host = '', port = '' } = parseHostPort(address) ?? {};
  const hexPort = Number(port).toString(16).toUpperCase().padStart(4, '0');
  const bytes = parseIP(host) ?? [];
  if (!host.includes(':')) return `${printHex(bytes).toUpperCase()}:${hexPort}`;
  const hex = `${bytes.length === 4 ? mappedPrefix : ''}${printHex(bytes)}`;
  return `[${groupsOf(hex).join(':')}]:${hexPort}`;
}

/** Reads the netmask of a persistent virtual server: an IPv4 mask, or a prefix length in the order of the network. */
export function parseProcfsNetmask(text: string): { isIPv6: boolean; netmask: string } | undefined {
  if (!isHex(text, 8)) return undefined;
  const bytes = bytesOf(text);
  const [length = 0, ...rest] = bytes;
  const isIPv6 = length > 0 && length <= 128 && rest.every((byte) => byte === 0);
  return { isIPv6, netmask: isIPv6 ? String(length) : bytes.join('.') };
}

export function printProcfsNetmask(netmask: string): string {
  if (netmask.includes('.')) return printHex(parseIP(netmask) ?? []).toUpperCase();
  return `${printHex([Number(netmask)])}000000`.toUpperCase();
}

const mappedPrefix = `${'0'.repeat(20)}ffff`;

function parseHexIPv4(text: string): string | undefined {
  return isHex(text, 8) ? bytesOf(text).join('.') : undefined;
}

function parseLongIPv6(text: string): string | undefined {
  const groups = text.slice(1, -1).split(':');
  if (!text.endsWith(']') || groups.length !== 8) return undefined;
  if (!groups.every((group) => isHex(group, 4))) return undefined;
  const bytes = parseIP(groups.join(':'));
  return bytes && `${bytes.length === 4 ? '::ffff:' : ''}${printIP(bytes)}`;
}

function isHex(text: string, digits: number): boolean {
  return text.length === digits && /^[\dA-Fa-f]+$/.test(text);
}

function bytesOf(hex: string): number[] {
  return Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  );
}

function printHex(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function groupsOf(hex: string): string[] {
  return Array.from({ length: hex.length / 4 }, (_, index) => hex.slice(index * 4, index * 4 + 4));
}
