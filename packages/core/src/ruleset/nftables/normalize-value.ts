import { parseCIDR, printCIDR } from '../../netaddr/cidr.ts';
import { parseIP } from '../../netaddr/ip.ts';
import { printIP } from '../../netaddr/print-ip.ts';
import { compareText } from '../../util/compare-text.ts';
import { mergeRanges, parseRange, printRange } from './normalize-range.ts';

const protocols: Readonly<Record<string, string>> = {
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '33': 'dccp',
  '47': 'gre',
  '50': 'esp',
  '51': 'ah',
  '58': 'ipv6-icmp',
  '132': 'sctp',
  '136': 'udplite',
  icmpv6: 'ipv6-icmp',
};

const states: Readonly<Record<string, string>> = {
  '0x1': 'invalid',
  '0x2': 'established',
  '0x4': 'related',
  '0x8': 'new',
  '0x40': 'untracked',
};

const statuses: Readonly<Record<string, string>> = {
  '0x1': 'expected',
  '0x2': 'seen-reply',
  '0x4': 'assured',
  '0x8': 'confirmed',
  '0x10': 'snat',
  '0x20': 'dnat',
};

const names: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  inet_proto: protocols,
  ct_state: states,
  ct_status: statuses,
};

/** A value in one spelling; `type` is nft's name of its type, where it is known. */
export function normalizeValue(text: string, type: string | undefined): string {
  if (text.startsWith('"')) return text.replaceAll('"', '');
  const named = type === undefined ? undefined : names[type];
  if (named) return normalizeNames(text, named);
  return normalizeAddress(text) ?? text;
}

function normalizeNames(text: string, named: Readonly<Record<string, string>>): string {
  const words = text.split(',').map((word) => {
    const number = word.replace(/^0x0+(?=[0-9a-fA-F])/, '0x');
    return Object.hasOwn(named, number) ? (named[number] ?? word) : word;
  });
  return words.sort(compareText).join(',');
}

/** A number, an address, a prefix or a range of them in one spelling. */
function normalizeAddress(text: string): string | undefined {
  if (/^\d{1,10}$/.test(text)) return String(Number(text));
  if (/^0x[0-9a-fA-F]{1,8}$/.test(text)) return String(Number(text));
  if (!/^[0-9a-fA-F]*[.:]/.test(text) && !/^\d+-\d+$/.test(text)) return undefined;
  const ip = parseIP(text);
  if (ip) return printIP(ip);
  const cidr = parseCIDR(text);
  if (cidr) {
    const isHost = cidr.prefixLength === cidr.address.length * 8;
    return isHost ? printIP(cidr.address) : printCIDR(cidr);
  }
  const range = parseRange(text);
  return range && printRange(range);
}

/** The values of an anonymous set in one spelling and order; ranges that touch are one. */
export function normalizeValues(values: readonly string[], type: string | undefined): string[] {
  const normal = values.map((value) => normalizeValue(value, type));
  const ranges = normal.flatMap((value) => {
    const range = parseRange(value);
    return range ? [[range, value] as const] : [];
  });
  if (ranges.length === normal.length)
    return mergeRanges(ranges).map(([range]) => printRange(range));
  return [...new Set(normal)].sort(compareText);
}

const units: Readonly<Record<string, number>> = {
  w: 604_800,
  d: 86_400,
  h: 3600,
  m: 60,
  s: 1,
  ms: 0.001,
};

/** Seconds of `1h30m`, `600s` or `600`; `undefined` if it is no duration. */
export function parseDuration(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  if (!/^(?:\d+(?:w|d|h|ms|m|s))+$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, count, unit = ''] of text.matchAll(/(\d+)(w|d|h|ms|m|s)/g))
    seconds += Number(count) * (units[unit] ?? 0);
  return seconds;
}
