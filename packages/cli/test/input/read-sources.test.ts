import { mkdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultMaxLength } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { readSources } from '../../src/input/read-sources.ts';
import { UsageError } from '../../src/usage-error.ts';
import type { CommandIO } from '../../src/io.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function ioWith(input: string | undefined): CommandIO {
  return {
    writeOut: () => {},
    writeError: () => {},
    readInput: async () => (input === undefined ? undefined : Buffer.from(input)),
    outIsTerminal: false,
    errorIsTerminal: false,
    env: {},
  };
}

test('files are read in the order given', async () => {
  const folder = await temporaryFolder({ 'a.yaml': 'A', 'b.yaml': 'B' });
  const names = ['b.yaml', 'a.yaml'].map((name) => join(folder, name));
  const { sources, diagnostics } = await readSources(names, ioWith(undefined));
  expect(sources).toEqual([
    { file: names[0], text: 'B' },
    { file: names[1], text: 'A' },
  ]);
  expect(diagnostics).toEqual([]);
});

test('of a folder its YAML and JSON files are read, by name', async () => {
  const folder = await temporaryFolder({
    'b.yml': 'B',
    'c.json': 'C',
    'a.yaml': 'A',
    'notes.txt': 'no',
    'deep/d.yaml': 'no',
  });
  const { sources } = await readSources([folder], ioWith(undefined));
  expect(sources.map(({ text }) => text)).toEqual(['A', 'B', 'C']);
});

test.for([{ names: [] }, { names: ['-'] }])('$names is standard input', async ({ names }) => {
  const { sources } = await readSources(names, ioWith('kind: Ü'));
  expect(sources).toEqual([{ file: '<stdin>', text: 'kind: Ü' }]);
});

test('a terminal is no input, and the message says what to do', async () => {
  const reading = readSources([], ioWith(undefined));
  await expect(reading).rejects.toThrow(UsageError);
  await expect(reading).rejects.toThrow(/no input: name a file, or pipe one in/);
});

test('too large a file is a diagnostic, and the others are read', async () => {
  const folder = await temporaryFolder({ 'large.yaml': '', 'small.yaml': 'S' });
  await truncate(join(folder, 'large.yaml'), defaultMaxLength + 1);
  const { sources, diagnostics } = await readSources([folder], ioWith(undefined));
  expect(sources.map(({ text }) => text)).toEqual(['S']);
  expect(diagnostics).toMatchObject([
    { code: 'INPUT_TOO_LARGE', range: { source: join(folder, 'large.yaml') } },
  ]);
});

test('too large a standard input is a diagnostic', async () => {
  const io = { ...ioWith(''), readInput: async () => Buffer.alloc(defaultMaxLength + 1, 'a') };
  const { sources, diagnostics } = await readSources(['-'], io);
  expect(sources).toEqual([]);
  expect(diagnostics).toMatchObject([{ code: 'INPUT_TOO_LARGE', range: { source: '<stdin>' } }]);
});

test.for([
  { name: 'none.yaml', reason: 'there is no such file' },
  { name: 'file/below', reason: 'ENOTDIR' },
  { name: 'empty', reason: 'holds no YAML or JSON file' },
  { name: 'odd', reason: 'it is a folder' },
])('$name cannot be read: $reason', async ({ name, reason }) => {
  const folder = await temporaryFolder({ file: '', 'odd/folder.yaml/x': '' });
  await mkdir(join(folder, 'empty'));
  const reading = readSources([join(folder, name)], ioWith(undefined));
  await expect(reading).rejects.toThrow(UsageError);
  await expect(reading).rejects.toThrow(reason);
});
