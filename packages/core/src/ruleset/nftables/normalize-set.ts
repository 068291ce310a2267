import { compareText } from '../../util/compare-text.ts';
import type { NormalElement, NormalSet, NormalSource } from './normal.ts';
import { mergeRanges, parseRange, printRange } from './normalize-range.ts';
import { normalizeData } from './normalize-statement.ts';
import { normalizeValue } from './normalize-value.ts';
import type { SavedData } from './parse/saved-statement.ts';

/** What was told of a set or map, by commands or in braces. */
export interface SetParts {
  readonly kind: 'set' | 'map';
  readonly name: string;
  readonly type: readonly string[];
  readonly data: readonly string[] | undefined;
  /** As they are told, `dynamic` too. */
  readonly flags: readonly string[];
  readonly size: number | undefined;
  readonly timeout: number | undefined;
  readonly comment: string | undefined;
  readonly others: readonly string[];
  readonly source: NormalSource;
}

/** An element as it was written. */
export interface ElementParts {
  readonly key: readonly string[];
  readonly data: SavedData | undefined;
  readonly comment: string | undefined;
  readonly source: NormalSource;
}

/** The size that the kernel gives a set that packets fill. */
const usualSize = 65_535;

/** @param isFilled Whether a rule adds elements. */
export function normalizeSet(
  parts: SetParts,
  elements: readonly NormalElement[],
  isFilled: boolean,
): NormalSet {
  const { flags, size } = parts;
  const isDynamic = isFilled || flags.includes('dynamic');
  const hasUsualSize = size === usualSize && (isDynamic || flags.includes('timeout'));
  return {
    ...parts,
    flags: flags.filter((flag) => flag !== 'dynamic').sort(compareText),
    size: hasUsualSize ? undefined : size,
    others: parts.others.toSorted(compareText),
    elements: isDynamic ? [] : sortElements(parts, elements),
  };
}

/** An element in one spelling. */
export function normalizeElement(
  { type, data: dataTypes = [] }: SetParts,
  { key, data, comment, source }: ElementParts,
): NormalElement {
  const parts = key.map((part, index) => normalizeValue(part, type[index]));
  return {
    text: parts.join(' . '),
    key: parts,
    data: data && normalizeData(data, dataTypes),
    comment,
    source,
  };
}

function sortElements(
  { kind, type, flags }: SetParts,
  elements: readonly NormalElement[],
): NormalElement[] {
  const isMerged = kind === 'set' && type.length === 1 && flags.includes('interval');
  const merged = isMerged ? mergeElements(elements) : elements;
  const byText = new Map(merged.map((element) => [element.text, element]));
  return [...byText.values()].sort((a, b) => compareText(a.text, b.text));
}

function mergeElements(elements: readonly NormalElement[]): NormalElement[] {
  const ranges = elements.flatMap((element) => {
    const range = parseRange(element.text);
    return range ? [[range, element] as const] : [];
  });
  const others = elements.filter(({ text }) => !parseRange(text));
  const merged = mergeRanges(ranges).map(([range, element]) => {
    const text = printRange(range);
    return { ...element, text, key: [text] };
  });
  return [...merged, ...others];
}
