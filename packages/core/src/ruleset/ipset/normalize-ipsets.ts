import { compareNames } from '../../util/compare-names.ts';
import { compareText } from '../../util/compare-text.ts';
import type { Origin } from '../origin.ts';
import type { IPSet, SetOptions } from './ast.ts';
import { canonicalEntry } from './canonical-entry.ts';
import { collectSavedSets, type SavedSet } from './collect-saved-sets.ts';
import type { SavedIPSets } from './saved-ast.ts';

/** What sets are compared by, whoever wrote them. */
export interface NormalIPSet<Place = unknown> {
  readonly name: string;
  readonly type: string;
  /** `inet` or `inet6` in the sets that have addresses by hash. */
  readonly family: string | undefined;
  /** The `range` of a bitmap. */
  readonly range: string | undefined;
  /** The most entries that a set by hash takes. */
  readonly maxelem: number | undefined;
  /** Other options, sorted, with their values: `counters`, `timeout 0`. Those of size and revision are left out. */
  readonly options: readonly string[];
  /** Sorted by text, none twice. */
  readonly entries: readonly (NormalEntry & Place)[];
}

export interface NormalEntry {
  /** As the kernel shows it: `10.96.0.1,tcp:443`, with ` nomatch` where that inverts it. */
  readonly text: string;
}

/** Where an entry stands in its text, in UTF-16 code units. */
export interface AtOffset {
  readonly offset: number;
}

/** Why an entry was compiled. */
export interface WithOrigin {
  readonly origin: Origin;
}

/** The sets that a text makes, by name. Counters, timeouts and comments of entries are left out. */
export function normalizeSavedIPSets(document: SavedIPSets): NormalIPSet<AtOffset>[] {
  const sets = collectSavedSets(document).map((set) => ({
    name: set.name,
    type: set.type,
    ...normalizeWords(set),
    entries: sortEntries(
      set.entries.map(({ entry, options, offset }) => {
        const isInverted = options.includes('nomatch');
        return {
          text: `${canonicalEntry(set.type, entry)}${isInverted ? ' nomatch' : ''}`,
          offset,
        };
      }),
    ),
  }));
  return sets.toSorted(compareNames);
}

/** Compiled sets, by name. */
export function normalizeCompiledIPSets(sets: readonly IPSet[]): NormalIPSet<WithOrigin>[] {
  const normal = sets.map(({ name, type, options, entries }) => ({
    name,
    type,
    ...normalizeOptions(options),
    entries: sortEntries(
      entries.map(({ entry, origin }) => ({ text: canonicalEntry(type, entry), origin })),
    ),
  }));
  return normal.toSorted(compareNames);
}

type NormalOptions = Pick<NormalIPSet, 'family' | 'range' | 'maxelem' | 'options'>;

function normalizeOptions(options: SetOptions): NormalOptions {
  const none = { family: undefined, range: undefined, maxelem: undefined, options: [] };
  if ('range' in options) return { ...none, range: options.range };
  return { ...none, family: options.family, maxelem: options.maxelem };
}

const valued = new Set(
  'family range maxelem hashsize bucketsize initval timeout netmask bitmask markmask size probes resize'.split(
    ' ',
  ),
);

/** A set's table grows by itself, and what it is hashed with is the kernel's own affair. */
const uncounted: readonly string[] = ['hashsize', 'bucketsize', 'initval', 'probes', 'resize'];

const counted: readonly string[] = ['family', 'range', 'maxelem'];

function normalizeWords({ type, options: words }: SavedSet): NormalOptions {
  const values = new Map<string, string>();
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    values.set(word, valued.has(word) ? (words[++index] ?? '') : '');
  }
  const isHash = type.startsWith('hash:');
  const options = [...values]
    .filter(
      ([name]) => !uncounted.includes(name) && !counted.includes(name) && !name.startsWith('-'),
    )
    .map(([name, value]) => (value === '' ? name : `${name} ${value}`));
  return {
    family: values.get('family') ?? (isHash && type !== 'hash:mac' ? 'inet' : undefined),
    range: values.get('range'),
    maxelem: isHash ? readMaxelem(values.get('maxelem')) : undefined,
    options: options.toSorted(compareText),
  };
}

/** The kernel's own value where none is given. */
function readMaxelem(text = '65536'): number | undefined {
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

function sortEntries<Item extends NormalEntry>(entries: readonly Item[]): Item[] {
  const byText = new Map<string, Item>();
  for (const entry of entries) if (!byText.has(entry.text)) byText.set(entry.text, entry);
  return [...byText.values()].toSorted((a, b) => compareText(a.text, b.text));
}
