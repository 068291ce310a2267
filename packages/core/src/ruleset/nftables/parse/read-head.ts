import type { Place } from './saved.ts';
import type { TokenReader } from './token-reader.ts';
import { WordCursor } from './word-cursor.ts';

export const families = new Set(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev']);

/** As many words as the longest head has: `replace rule inet TABLE CHAIN handle 5`. */
const longestHead = 7;

/** The words that come, up to a sign or line end. */
export function headWords(reader: TokenReader): WordCursor {
  const words: string[] = [];
  for (let position = reader.at; words.length < longestHead; position++) {
    if (isSign(reader.sign(position))) break;
    words.push(reader.textOf(position));
  }
  return new WordCursor(words);
}

/** Whether a token is a sign, a comment, a line end or nothing at all. */
export function isSign(sign: string): boolean {
  return sign === '' || '{},;#\n'.includes(sign);
}

/** Reads `[FAMILY] TABLE`; nothing is left behind it in `TABLE` alone. */
export function readPlace(words: WordCursor): Place | undefined {
  const family = families.has(words.peek()) && words.peek(1) !== '' ? words.next() : undefined;
  const table = words.next();
  if (table === '') return undefined;
  return family === undefined ? { table } : { family, table };
}

/** How a head is set, if not with one space between its words. */
export function layoutOf(
  reader: TokenReader,
  count: number,
): { readonly layout?: readonly string[] } {
  const layout: string[] = [];
  for (let index = 1; index < count; index++)
    layout.push(reader.gapBetween(reader.at + index - 1, reader.at + index));
  return layout.every((gap) => gap === ' ') ? {} : { layout };
}
