import { expect, test } from 'vitest';
import { compareText } from '../../src/util/compare-text.ts';

test('orders by code units: upper case before lower case, digits before colons, surrogates before U+FFFD', () => {
  const words = ['b', 'a', 'Z', 'a:', 'a1', '\ufffd', '😀', 'a'];
  expect(words.toSorted(compareText)).toEqual(['Z', 'a', 'a', 'a1', 'a:', 'b', '😀', '\ufffd']);
});
