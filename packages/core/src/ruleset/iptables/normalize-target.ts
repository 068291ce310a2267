import type { Family } from '../../netaddr/family.ts';
import { familyOfIP, parseIP } from '../../netaddr/ip.ts';
import { printIP } from '../../netaddr/print-ip.ts';
import type { NormalTarget } from './normal.ts';
import { parseMarkAndMask, parsePortNumber, type MarkAndMask } from './normalize-number.ts';
import { parseTarget } from './parse-target.ts';
import { printSavedTarget } from './print-saved-target.ts';
import type { SavedTarget } from './saved-rule.ts';

type Kind = SavedTarget['kind'];
type TargetOf<K extends Kind> = SavedTarget & { readonly kind: K };
type MarkTarget = TargetOf<'MARK'>;

/** Brings a target to its one spelling. */
export function normalizeTarget(target: SavedTarget, family: Family): NormalTarget {
  const normal = normalizeKind(target, family);
  return normal ?? { kind: 'other', words: printSavedTarget(target).trimStart().split(' ') };
}

function normalizeKind<K extends Kind>(
  target: TargetOf<K> & { kind: K },
  family: Family,
): NormalTarget | undefined {
  return normalizers[target.kind](target, family);
}

const normalizers: {
  readonly [K in Kind]: (target: TargetOf<K>, family: Family) => NormalTarget | undefined;
} = {
  jump: (target) => target,
  goto: (target) => target,
  ACCEPT: (target) => target,
  DROP: (target) => target,
  RETURN: (target) => target,
  MASQUERADE: (target) => target,
  REJECT: (target, family) => ({
    kind: 'REJECT',
    with: normalizeAnswer(target.with ?? 'port-unreach', family),
  }),
  MARK: normalizeMark,
  DNAT: ({ destination }, family) => normalizeDestination(destination, family),
  REDIRECT: ({ ports }) => normalizeRedirect(ports),
  other: normalizeOther,
};

/** ICMP answers by the short names that iptables takes too; iptables-save prints the long ones. */
const answers: Readonly<Record<Family, ReadonlyMap<string, string>>> = {
  IPv4: new Map([
    ['net-unreach', 'icmp-net-unreachable'],
    ['host-unreach', 'icmp-host-unreachable'],
    ['proto-unreach', 'icmp-proto-unreachable'],
    ['port-unreach', 'icmp-port-unreachable'],
    ['net-prohib', 'icmp-net-prohibited'],
    ['host-prohib', 'icmp-host-prohibited'],
    ['admin-prohib', 'icmp-admin-prohibited'],
    ['tcp-rst', 'tcp-reset'],
  ]),
  IPv6: new Map([
    ['no-route', 'icmp6-no-route'],
    ['adm-prohibited', 'icmp6-adm-prohibited'],
    ['addr-unreach', 'icmp6-addr-unreachable'],
    ['port-unreach', 'icmp6-port-unreachable'],
  ]),
};

function normalizeAnswer(answer: string, family: Family): string {
  return answers[family].get(answer) ?? answer;
}

function normalizeMark({ option, mark: text }: MarkTarget): NormalTarget | undefined {
  const read = parseMarkAndMask(text);
  const hasMask = text.includes('/');
  if (!read || (hasMask && !option.startsWith('set'))) return undefined;
  return { kind: 'MARK', ...asXmark[option](read) };
}

/** Each operation as `--set-xmark` does it, as libxt_MARK turns them into it. */
const asXmark: Readonly<Record<MarkTarget['option'], (read: MarkAndMask) => MarkAndMask>> = {
  'set-xmark': (read) => read,
  'set-mark': ({ mark, mask }) => ({ mark, mask: (mark | mask) >>> 0 }),
  'and-mark': ({ mark }) => ({ mark: 0, mask: ~mark >>> 0 }),
  'or-mark': ({ mark }) => ({ mark, mask: mark }),
  'xor-mark': ({ mark }) => ({ mark, mask: 0 }),
};

/** `ip`, `ip:port` or `[ip]:port`; undefined for ranges. */
function normalizeDestination(text: string, family: Family): NormalTarget | undefined {
  const colon = text.lastIndexOf(':');
  const hasPort = family === 'IPv4' ? colon >= 0 : text.includes(']:');
  const host = hasPort ? text.slice(0, colon) : text;
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  const bytes = familyOfIP(bare) === family ? parseIP(bare) : undefined;
  if (!bytes) return undefined;
  const address = printIP(bytes);
  if (!hasPort) return { kind: 'DNAT', address };
  const port = parsePortNumber(text.slice(colon + 1));
  return port === undefined ? undefined : { kind: 'DNAT', address, port };
}

/** Undefined for a range. */
function normalizeRedirect(ports: string): NormalTarget | undefined {
  const port = parsePortNumber(ports);
  return port === undefined ? undefined : { kind: 'REDIRECT', port };
}

/** What did not print as it was written may still have a kind. */
function normalizeOther(
  { words }: SavedTarget & { readonly kind: 'other' },
  family: Family,
): NormalTarget {
  const texts = words.map(({ text }) => text);
  const known = parseTarget(texts);
  return known ? normalizeTarget(known, family) : { kind: 'other', words: texts };
}
