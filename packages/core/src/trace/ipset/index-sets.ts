import { parseCIDR } from '../../netaddr/cidr.ts';
import { parseIP } from '../../netaddr/ip.ts';
import { dimensionsOf } from '../../ruleset/ipset/set-type.ts';
import type { StepSource } from '../walk/step.ts';
import { sourceOf, type TraceRules } from '../walk/traceable.ts';

export interface SetElement {
  readonly text: string;
  readonly source: StepSource;
}

/** A set by what packets are looked up with. */
export interface IndexedSet {
  readonly name: string;
  readonly type: string;
  readonly dimensions: readonly string[];
  readonly isIPv6: boolean;
  /** By text without prefix lengths that cover the whole address; those with `nomatch` too. */
  readonly elements: ReadonlyMap<string, SetElement>;
  /** For each dimension with networks the prefix lengths that occur, longest first. */
  readonly prefixLengths: readonly (readonly number[])[];
  /** Whether there are entries of a kind that cannot be looked up. */
  readonly isPartial: boolean;
}

export type SetIndex = ReadonlyMap<string, IndexedSet>;

type SetOf = NonNullable<TraceRules['ipsets']>[number]['rules'][number];

export function indexSets({ ipsets = [] }: TraceRules): SetIndex {
  const index = new Map<string, IndexedSet>();
  for (const { rules, file } of ipsets)
    for (const set of rules) index.set(set.name, indexSet(set, file));
  return index;
}

const known = new Set(['ip', 'net', 'port', 'iface']);

function indexSet({ name, type, family, entries }: SetOf, file: string | undefined): IndexedSet {
  const dimensions = dimensionsOf(type);
  const isKnown = !type.startsWith('list:') && dimensions.every((one) => known.has(one));
  const elements = new Map<string, SetElement>();
  for (const entry of entries)
    elements.set(entry.text, { text: entry.text, source: sourceOf(entry, file) });
  const lengths = dimensions.map((dimension, at) =>
    dimension === 'net' ? lengthsAt(elements.keys(), at) : [],
  );
  const isPlain = (text: string): boolean =>
    text
      .replace(/ nomatch$/, '')
      .split(',')
      .every((part, at) => isPlainPart(dimensions[at], part));
  return {
    name,
    type,
    dimensions,
    isIPv6: family === 'inet6',
    elements,
    prefixLengths: lengths,
    isPartial: !isKnown || (!canonical.has(type) && ![...elements.keys()].every(isPlain)),
  };
}

/** Types whose entries kube-proxy writes one by one, so that they need not be looked through. */
const canonical = new Set(['hash:ip', 'hash:ip,port', 'hash:ip,port,ip', 'bitmap:port']);

function isPlainPart(dimension: string | undefined, part: string): boolean {
  if (dimension === 'ip') return parseIP(part) !== undefined;
  if (dimension === 'net') return parseIP(part) !== undefined || parseCIDR(part) !== undefined;
  return !part.includes('-') || dimension === 'iface';
}

function lengthsAt(texts: Iterable<string>, at: number): number[] {
  const lengths = new Set<number>();
  for (const text of texts) {
    const part = text.replace(/ nomatch$/, '').split(',')[at] ?? '';
    const slash = part.indexOf('/');
    lengths.add(slash < 0 ? 128 : Number(part.slice(slash + 1)));
  }
  return [...lengths].sort((a, b) => b - a);
}
