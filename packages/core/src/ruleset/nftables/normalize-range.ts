import { networkAddress, parseCIDR } from '../../netaddr/cidr.ts';
import { parseIP, type IPBytes } from '../../netaddr/ip.ts';
import { printIP } from '../../netaddr/print-ip.ts';

/** Values from `first` to `last`, both included. */
export interface ValueRange {
  /** Of an address, else 0 for a number. */
  readonly bytes: 0 | 4 | 16;
  readonly first: bigint;
  readonly last: bigint;
}

/** Reads an address, a prefix, a number, or a range of addresses or numbers. */
export function parseRange(text: string): ValueRange | undefined {
  const cidr = parseCIDR(text);
  if (cidr) {
    const first = toNumber(networkAddress(cidr));
    const bytes = cidr.address.length === 4 ? 4 : 16;
    return { bytes, first, last: first + (1n << BigInt(bytes * 8 - cidr.prefixLength)) - 1n };
  }
  const dash = text.indexOf('-');
  const from = parseSingle(dash < 0 ? text : text.slice(0, dash));
  const to = dash < 0 ? from : parseSingle(text.slice(dash + 1));
  if (!from || !to || from.bytes !== to.bytes || to.last < from.first) return undefined;
  return { bytes: from.bytes, first: from.first, last: to.last };
}

function parseSingle(text: string): ValueRange | undefined {
  if (/^(?:\d{1,10}|0x[0-9a-fA-F]{1,8})$/.test(text)) {
    const value = BigInt(text);
    return { bytes: 0, first: value, last: value };
  }
  const ip = parseIP(text);
  if (!ip) return undefined;
  const value = toNumber(ip);
  return { bytes: ip.length === 4 ? 4 : 16, first: value, last: value };
}

/** Prints a range in one spelling: as a value, a prefix, or `FIRST-LAST`. */
export function printRange({ bytes, first, last }: ValueRange): string {
  if (bytes === 0) return first === last ? String(first) : `${first}-${last}`;
  const text = printIP(toBytes(first, bytes));
  if (first === last) return text;
  const size = last - first + 1n;
  const isPrefix = (size & (size - 1n)) === 0n && first % size === 0n;
  if (isPrefix) return `${text}/${bytes * 8 - (size.toString(2).length - 1)}`;
  return `${text}-${printIP(toBytes(last, bytes))}`;
}

/** The ranges in order, those that touch or overlap as one, with what stood at the first of them. */
export function mergeRanges<Item>(
  ranges: readonly (readonly [ValueRange, Item])[],
): (readonly [ValueRange, Item])[] {
  const merged: (readonly [ValueRange, Item])[] = [];
  for (const [range, item] of ranges.toSorted(compareRanges)) {
    const before = merged.at(-1);
    if (before && before[0].bytes === range.bytes && range.first <= before[0].last + 1n) {
      const last = range.last > before[0].last ? range.last : before[0].last;
      merged[merged.length - 1] = [{ ...before[0], last }, before[1]];
    } else merged.push([range, item]);
  }
  return merged;
}

function compareRanges(
  [a]: readonly [ValueRange, unknown],
  [b]: readonly [ValueRange, unknown],
): number {
  if (a.bytes !== b.bytes) return a.bytes - b.bytes;
  return a.first < b.first ? -1 : a.first > b.first ? 1 : 0;
}

function toNumber(bytes: IPBytes): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
}

export function toBytes(value: bigint, length: number): IPBytes {
  return Array.from({ length }, (_, index) =>
    Number((value >> BigInt((length - 1 - index) * 8)) & 255n),
  );
}
