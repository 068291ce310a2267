import type { Family } from './family.ts';

/** An address: 4 bytes for IPv4 (also for an IPv4-mapped IPv6 address, as Go's `net.IP.To4` has it), 16 for IPv6. */
export type IPBytes = readonly number[];

/**
 * Reads an IP address as kube-proxy's "sloppy" parser does: leading zeros in an IPv4 octet are
 * decimal, an IPv6 zone is refused. `undefined` if the text is no address.
 */
export function parseIP(text: string): IPBytes | undefined {
  return text.includes(':') ? parseIPv6(text) : parseIPv4(text);
}

export function isIP(text: string): boolean {
  return parseIP(text) !== undefined;
}

/** The family of an address, `undefined` if the text is none. An IPv4-mapped IPv6 address is IPv4. */
export function familyOfIP(text: string): Family | undefined {
  const bytes = parseIP(text);
  return bytes && familyOfBytes(bytes);
}

export function familyOfBytes(bytes: IPBytes): Family {
  return bytes.length === 4 ? 'IPv4' : 'IPv6';
}

/** Loopback as Go's `net.IP.IsLoopback`: 127.0.0.0/8 or ::1. */
export function isLoopback(bytes: IPBytes): boolean {
  if (bytes.length === 4) return bytes[0] === 127;
  return bytes.every((byte, index) => byte === (index === 15 ? 1 : 0));
}

/** Link-local as Go's `net.IP.IsLinkLocalUnicast`: 169.254.0.0/16 or fe80::/10. */
export function isLinkLocal([first = 0, second = 0, ...rest]: IPBytes): boolean {
  if (rest.length === 2) return first === 169 && second === 254;
  return first === 0xfe && (second & 0xc0) === 0x80;
}

const octets = /^(\d{1,16})\.(\d{1,16})\.(\d{1,16})\.(\d{1,16})$/;

function parseIPv4(text: string): IPBytes | undefined {
  const match = octets.exec(text);
  if (!match) return undefined;
  const bytes = [Number(match[1]), Number(match[2]), Number(match[3]), Number(match[4])];
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

function parseIPv6(text: string): IPBytes | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0] ?? '', halves.length === 1);
  const tail = halves.length === 2 ? parseGroups(halves[1] ?? '', true) : [];
  if (!head || !tail) return undefined;
  const missing = 16 - head.length - tail.length;
  if (halves.length === 2 ? missing < 2 : missing !== 0) return undefined;
  const bytes = [...head, ...Array.from({ length: missing }, () => 0), ...tail];
  return isIPv4Mapped(bytes) ? bytes.slice(12) : bytes;
}

function parseGroups(text: string, mayEndInIPv4: boolean): number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 255);
      continue;
    }
    const ipv4 = mayEndInIPv4 && index === groups.length - 1 ? parseIPv4(group) : undefined;
    if (!ipv4) return undefined;
    bytes.push(...ipv4);
  }
  return bytes.length <= 16 ? bytes : undefined;
}

function isIPv4Mapped(bytes: IPBytes): boolean {
  return bytes.every((byte, index) => index >= 12 || byte === (index >= 10 ? 255 : 0));
}
