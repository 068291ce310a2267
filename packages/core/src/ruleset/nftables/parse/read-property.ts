import type { SavedOther, SavedProperty } from './saved.ts';
import { quoteValue } from '../../../util/quote-value.ts';
import { collect, type Reading, type Unplaced } from './reading.ts';

/** Reads `NAME WORD …`. */
export function readProperty(reading: Reading): Unplaced<SavedProperty> {
  const { reader } = reading;
  const positions = collectSome(reading);
  const [name = '', ...words] = reader.words(positions);
  return { kind: 'property', name: name === '' ? '' : name.text, words };
}

/** Reads what has no kind, word for word. */
export function readOther(reading: Reading, isWrong: boolean): Unplaced<SavedOther> {
  const { reader } = reading;
  const start = reader.start();
  const positions = collectSome(reading);
  if (isWrong) {
    const text = reader.slice(start, reader.end(positions.at(-1) ?? 0));
    const message = `${quoteValue(text.slice(0, 200))} is nothing that nft prints here.`;
    reading.problems.syntax({ text, start }, message);
  }
  return { kind: 'other', words: reader.words(positions) };
}

/** At least one token, so that reading goes on behind a sign that cannot stand here. */
function collectSome(reading: Reading): readonly number[] {
  const positions = collect(reading);
  return positions.length > 0 ? positions : [reading.reader.at++];
}
