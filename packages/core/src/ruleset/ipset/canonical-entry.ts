import { networkAddress, parseCIDR } from '../../netaddr/cidr.ts';
import { parseIP, type IPBytes } from '../../netaddr/ip.ts';
import { printIP } from '../../netaddr/print-ip.ts';
import { printEntry } from './print-entry.ts';
import type { SavedEntry } from './saved-ast.ts';
import { dimensionsOf } from './set-type.ts';

/**
 * An entry's text in the form that the kernel's has: addresses in canonical spelling, networks without
 * host bits, no prefix length where it covers the whole address, a port with its protocol.
 */
export function canonicalEntry(type: string, entry: SavedEntry): string {
  const text = entry.kind === 'other' ? entry.text : printEntry(entry);
  const parts = text.split(',');
  const dimensions = dimensionsOf(type);
  if (parts.length !== dimensions.length) return text;
  return parts.map((part, index) => canonicalPart(type, dimensions[index], part)).join(',');
}

function canonicalPart(type: string, dimension: string | undefined, text: string): string {
  if (dimension === 'ip' || dimension === 'net') return canonicalAddress(text);
  if (dimension !== 'port' || type.startsWith('bitmap:')) return text;
  return text.includes(':') ? text.toLowerCase() : `tcp:${text}`;
}

function canonicalAddress(text: string): string {
  const address = parseIP(text);
  if (address) return printAddress(text, address);
  const cidr = parseCIDR(text);
  if (!cidr) return text;
  const isMapped = cidr.address.length === 4 && text.includes(':');
  if (cidr.prefixLength === cidr.address.length * 8) return printAddress(text, cidr.address);
  return `${printAddress(text, networkAddress(cidr))}/${cidr.prefixLength + (isMapped ? 96 : 0)}`;
}

/** An IPv4-mapped address is an IPv6 one for ipset. */
function printAddress(written: string, address: IPBytes): string {
  const isMapped = address.length === 4 && written.includes(':');
  return `${isMapped ? '::ffff:' : ''}${printIP(address)}`;
}
