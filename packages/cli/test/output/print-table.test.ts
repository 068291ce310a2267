import { expect, test } from 'vitest';
import { printTable } from '../../src/output/print-table.ts';

test('columns as wide as their widest cell, nothing at the ends of lines', () => {
  expect(
    printTable([
      ['a', 'bb', 'c'],
      ['aaa', '', 'cc'],
      ['a', 'b'],
      ['a', 'b', ''],
    ]),
  ).toEqual(['a    bb  c', 'aaa      cc', 'a    b', 'a    b']);
  expect(printTable([])).toEqual([]);
});
