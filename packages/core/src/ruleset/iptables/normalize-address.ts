import { networkAddress, parseCIDR, type CIDR } from '../../netaddr/cidr.ts';
import type { Family } from '../../netaddr/family.ts';
import { parseIP } from '../../netaddr/ip.ts';

/**
 * Reads `address`, `address/prefix length` or `address/mask` with its host bits cleared; undefined for what
 * is no such thing of the family: a host name, a list, a mask with holes.
 */
export function normalizeAddress(text: string, family: Family): CIDR | undefined {
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const length = slash < 0 ? bitsOf(family) : readPrefixLength(text.slice(slash + 1));
  const cidr = length === undefined ? undefined : parseCIDR(`${address}/${length}`);
  if (cidr?.family !== family) return undefined;
  return { ...cidr, address: networkAddress(cidr) };
}

export function bitsOf(family: Family): number {
  return family === 'IPv4' ? 32 : 128;
}

function readPrefixLength(text: string): number | undefined {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  const bytes = parseIP(text);
  if (!bytes) return undefined;
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return /^1*0*$/.test(bits) ? bits.lastIndexOf('1') + 1 : undefined;
}
