import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CommandIO } from '../../src/io.ts';
import { isSnapshot, readDumpFiles, refuseOneInputTwice } from '../../src/input/read-dump-files.ts';
import { UsageError } from '../../src/usage-error.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const io: CommandIO = {
  writeOut: () => {},
  writeError: () => {},
  readInput: async () => Buffer.from('piped'),
  outIsTerminal: false,
  errorIsTerminal: false,
  env: {},
};

test('files, all files of folders but hidden ones, and standard input', async () => {
  const folder = await temporaryFolder({
    'd/b': 'B',
    'd/a': 'A',
    'd/.c': 'C',
    'd/e/f': 'F',
    g: 'G',
  });
  const { files, diagnostics } = await readDumpFiles(
    [join(folder, 'd'), join(folder, 'g'), '-'],
    io,
  );
  expect(diagnostics).toEqual([]);
  expect(files).toEqual({
    [join(folder, 'd/a')]: 'A',
    [join(folder, 'd/b')]: 'B',
    [join(folder, 'g')]: 'G',
    '<stdin>': 'piped',
  });
});

const readInput = (): never => expect.fail('standard input was read');

test('no names are no files, and standard input is left alone', async () => {
  expect(await readDumpFiles([], { ...io, readInput })).toEqual({ files: {}, diagnostics: [] });
});

test('a folder without files, and a file that is not there', async () => {
  const folder = await temporaryFolder();
  await expect(readDumpFiles([folder], io)).rejects.toThrow(
    new UsageError(`${folder} holds no file`),
  );
  await expect(readDumpFiles([join(folder, 'x')], io)).rejects.toThrow('there is no such file');
});

test.for([
  [[], ['-'], true],
  [['-'], ['-'], true],
  [['a.yaml'], ['-'], false],
  [[], ['dump'], false],
] as const)('snapshot %j and --live %j cannot both be read: %s', ([snapshot, live, isRefused]) => {
  const check = (): void => refuseOneInputTwice(snapshot, live);
  if (isRefused) expect(check).toThrow(UsageError);
  else expect(check).not.toThrow();
});

test.for([
  ['a.yaml', '', true],
  ['a.yml', '', true],
  ['<stdin>', 'apiVersion: v1\nkind: List\n', true],
  ['a.json', '{\n  "apiVersion": "v1",', true],
  ['nft-list.json', '{"nftables": []}', false],
  ['ip-addr.json', '[{"ifindex": 1}]', false],
  ['ipv4.iptables-save', '*nat\n', false],
] as const)('%s with %j is a snapshot: %s', ([file, text, expected]) => {
  expect(isSnapshot({ [file]: text })).toBe(expected);
});
