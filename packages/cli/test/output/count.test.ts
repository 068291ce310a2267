import { expect, test } from 'vitest';
import { count } from '../../src/output/count.ts';

test.for<[string, string]>([
  [count(0, 'rule'), '0 rules'],
  [count(1, 'rule'), '1 rule'],
  [count(12_345, 'rule'), '12,345 rules'],
  [count(1, 'set entry', 'set entries'), '1 set entry'],
  [count(2, 'set entry', 'set entries'), '2 set entries'],
])('%s', ([text, expected]) => {
  expect(text).toBe(expected);
});
