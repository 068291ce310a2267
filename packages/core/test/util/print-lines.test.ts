import { expect, test } from 'vitest';
import { printLines } from '../../src/util/print-lines.ts';

test.for([
  [[], ''],
  [[1], 'n1\n'],
  [[1, 2, 3], 'n1\nn2\nn3\n'],
] as const)('the lines of %o each end in a line feed', ([items, text]) => {
  expect(printLines([...items], (item) => `n${item}`)).toBe(text);
});

test.for([63, 64, 65, 128, 129, 1000])(
  '%i lines stay in order, with none lost or added',
  (count) => {
    const items = Array.from({ length: count }, (_, index) => index);
    const text = printLines(items, String);
    expect(text.endsWith('\n')).toBe(true);
    expect(text.slice(0, -1).split('\n')).toEqual(items.map(String));
  },
);
