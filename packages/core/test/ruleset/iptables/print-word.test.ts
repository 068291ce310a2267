import { arbitraryHostileString } from '@kube-rules/fixtures';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { printWord } from '../../../src/ruleset/iptables/print-word.ts';
import { readRestoreWords } from '../../support/restore-words.ts';

test.for(['ns1/svc1:p80', '10.180.0.1:80', '[fd00::1]:80', 'veth+', 'a_b-c=d@e%f,g'])(
  '%s needs no quotes',
  (word) => {
    expect(printWord(word)).toBe(word);
  },
);

test.for([
  ['a blank', 'a b', '"a b"'],
  ['nothing', '', '""'],
  ['a double quote', 'a"b', String.raw`"a\"b"`],
  ['a backslash', String.raw`a\b`, String.raw`"a\\b"`],
  ['a single quote', "a'b", `"a'b"`],
  ['an arrow', 'a -> b', '"a -> b"'],
  ['an exclamation mark', '!', '"!"'],
  ['a hash', '#a', '"#a"'],
  ['a dollar sign', '$a', '"$a"'],
  ['a backquote', '`a`', '"`a`"'],
  ['a letter that is not ASCII', 'é', '"é"'],
] as const)('a word with %s is quoted', ([, word, text]) => {
  expect(printWord(word)).toBe(text);
});

test.for(['\n', '\r', '\t', '\0', '\u001B[2J', '\u007F', '\u0085'])(
  'a word with the control character %o is refused',
  (character) => {
    const word = `a${character}b`;
    expect(() => printWord(word)).toThrow(
      new TypeError(
        `${JSON.stringify(word)} cannot be a word of an iptables rule: it holds a control character`,
      ),
    );
  },
);

test('a hostile word is refused, or iptables-restore reads exactly that word', () => {
  let read = 0;
  fc.assert(
    fc.property(arbitraryHostileString(), (word) => {
      let printed: string;
      try {
        printed = printWord(word);
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError);
        expect(word).toMatch(/\p{Cc}/u);
        return;
      }
      read++;
      expect(readRestoreWords(`-A ${printed} -j`)).toEqual(['-A', word, '-j']);
      expect(printed).not.toMatch(/[\r\n]/);
    }),
    { numRuns: 1000 },
  );
  expect(read).toBeGreaterThan(100);
});
