import { parseRange, type ValueRange } from '../../ruleset/nftables/normalize-range.ts';

/** Whether a value is what a text of the normal form stands for: itself, a prefix, a range, `eth*`. */
export type ValueTest = (value: string) => boolean;

export function valueTest(text: string): ValueTest {
  if (text.endsWith('*')) {
    const start = text.slice(0, -1);
    return (value) => value.startsWith(start);
  }
  const isSpread = text.includes('/') || text.includes('-');
  const range = isSpread ? parseRange(text) : undefined;
  return range ? (value) => isWithin(value, range) : (value) => value === text;
}

function isWithin(value: string, { bytes, first, last }: ValueRange): boolean {
  const own = parseRange(value);
  return own !== undefined && own.bytes === bytes && first <= own.first && own.first <= last;
}
