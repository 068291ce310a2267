import { expect, test } from 'vitest';
import { selectFiles } from '../../src/output/select-files.ts';

const files = { a: '1', b: '2', c: '3' };

test.for([
  { only: undefined, names: ['a', 'b', 'c'] },
  { only: ['b'], names: ['b'] },
  { only: ['c', 'a', 'c'], names: ['a', 'c'] },
])('$only selects $names', ({ only, names }) => {
  expect(Object.keys(selectFiles(files, only))).toEqual(names);
});

test.for(['d', '__proto__', 'toString'])('there is no document %s', (name) => {
  expect(() => selectFiles(files, ['a', name])).toThrow(
    `there is no document ${name}; there are a, b, c`,
  );
});
