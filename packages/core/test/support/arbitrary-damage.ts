import * as fc from 'fast-check';

/** One of the texts, cut short or with some of it written over: what reaches a parser from a careless hand. */
export function arbitraryDamage(
  texts: readonly string[],
  words: readonly string[],
): fc.Arbitrary<string> {
  const scrap = fc.oneof(
    fc.constantFrom(...words, '\n', ' ', '\r\n', '"', ':', ',', '-', '/', '[', ']', '...', ''),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  const change = fc.record({ at: fc.nat(), length: fc.nat({ max: 20 }), scrap });
  return fc
    .record({
      text: fc.constantFrom(...texts),
      changes: fc.array(change, { maxLength: 4 }),
      end: fc.option(fc.nat(), { nil: undefined }),
    })
    .map(({ text, changes, end }) => {
      const changed = changes.reduce(damage, text);
      return end === undefined ? changed : changed.slice(0, end % (changed.length + 1));
    });
}

function damage(text: string, change: { at: number; length: number; scrap: string }): string {
  const at = change.at % (text.length + 1);
  return text.slice(0, at) + change.scrap + text.slice(at + change.length);
}
