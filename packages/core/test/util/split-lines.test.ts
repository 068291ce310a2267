import { expect, test } from 'vitest';
import { splitLines, type Line } from '../../src/util/split-lines.ts';

test.for<[string, Line[]]>([
  ['', []],
  ['\n', [{ text: '', start: 0 }]],
  ['a', [{ text: 'a', start: 0 }]],
  [
    'a\n\nbc\n',
    [
      { text: 'a', start: 0 },
      { text: '', start: 2 },
      { text: 'bc', start: 3 },
    ],
  ],
])('splits %j', ([text, lines]) => {
  expect(splitLines(text)).toEqual(lines);
});
