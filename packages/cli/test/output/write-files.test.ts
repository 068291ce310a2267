import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeFiles } from '../../src/output/write-files.ts';
import { UsageError } from '../../src/usage-error.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('makes the folder, writes the documents and says so', async () => {
  const folder = join(await temporaryFolder(), 'new', 'rules');
  expect(await writeFiles(folder, { a: 'one\n', b: '' })).toBe(`wrote ${folder}/a b`);
  expect(await readFile(join(folder, 'a'), 'utf8')).toBe('one\n');
  expect(await readFile(join(folder, 'b'), 'utf8')).toBe('');
});

test('replaces what is there', async () => {
  const folder = await temporaryFolder({ a: 'a much longer text\n' });
  await writeFiles(folder, { a: 'one\n' });
  expect(await readFile(join(folder, 'a'), 'utf8')).toBe('one\n');
});

test('a folder that cannot be made is wrong use', async () => {
  const folder = join(await temporaryFolder({ file: '' }), 'file', 'rules');
  await expect(writeFiles(folder, { a: '' })).rejects.toThrow(UsageError);
  await expect(writeFiles(folder, { a: '' })).rejects.toThrow(`cannot write into ${folder}`);
});
