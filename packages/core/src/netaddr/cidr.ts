import { familyOfBytes, parseIP, type IPBytes } from './ip.ts';
import type { Family } from './family.ts';
import { printIP } from './print-ip.ts';

export interface CIDR {
  readonly family: Family;
  /** The address as written, host bits included. */
  readonly address: IPBytes;
  readonly prefixLength: number;
}

/** Reads `address/prefix length`; `undefined` if the text is no CIDR. Host bits may be set, as in Go's `net.ParseCIDR`. */
export function parseCIDR(text: string): CIDR | undefined {
  const slash = text.indexOf('/');
  const address = parseIP(text.slice(0, Math.max(slash, 0)));
  const length = text.slice(slash + 1);
  if (slash < 0 || !address || !/^\d{1,16}$/.test(length)) return undefined;
  const mapped = address.length === 4 && text.includes(':');
  const prefixLength = Number(length) - (mapped ? 96 : 0);
  if (prefixLength < 0 || prefixLength > address.length * 8) return undefined;
  return { family: familyOfBytes(address), address, prefixLength };
}

export function isCIDR(text: string): boolean {
  return parseCIDR(text) !== undefined;
}

/** Prints a CIDR with its host bits cleared, as Go's `IPNet.String`. */
export function printCIDR(cidr: CIDR): string {
  return `${printIP(networkAddress(cidr))}/${cidr.prefixLength}`;
}

/** The address with its host bits cleared. */
export function networkAddress({ address, prefixLength }: CIDR): IPBytes {
  return address.map((byte, index) => byte & maskByte(prefixLength, index));
}

export function containsIP(cidr: CIDR, ip: IPBytes): boolean {
  if (ip.length !== cidr.address.length) return false;
  for (let index = 0; index * 8 < cidr.prefixLength; index++) {
    const mask = maskByte(cidr.prefixLength, index);
    if (((ip[index] ?? 0) & mask) !== ((cidr.address[index] ?? 0) & mask)) return false;
  }
  return true;
}

function maskByte(prefixLength: number, index: number): number {
  const bits = Math.min(8, Math.max(0, prefixLength - index * 8));
  return (0xff << (8 - bits)) & 0xff;
}
