import { expect, test } from 'vitest';
import { printFiles } from '../../src/output/print-files.ts';

test.for([
  { files: {}, text: '' },
  { files: { a: 'one\n' }, text: 'one\n' },
  { files: { a: '' }, text: '' },
  { files: { a: 'one\n', b: '', c: 'three\n' }, text: '# a\none\n\n# b\n\n# c\nthree\n' },
])('$files', ({ files, text }) => {
  expect(printFiles(files)).toBe(text);
});
