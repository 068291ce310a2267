import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkImport, findCycles, folderGraph, folderOf } from './support/check-imports.ts';
import { coreFolders, packageImports } from './support/import-rules.ts';
import { readImports, type Import } from './support/imports.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Every file that is in the repository or is going to be. */
const files = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
  { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 },
)
  .split('\0')
  .filter((file) => file !== '');

/** A file may be listed and just now be removed. */
function read(file: string): string {
  try {
    return readFileSync(`${root}${file}`, 'utf8');
  } catch {
    return '';
  }
}

const sources = files.filter((file) => /^packages\/[^/]+\/src\/.*\.ts$/.test(file));
const imports = sources.flatMap((file) => readImports(file, read(file)));

test('the sources of every package were seen', () => {
  const packages = new Set(sources.map((file) => file.split('/')[1] ?? ''));
  expect([...packages].toSorted()).toEqual(Object.keys(packageImports).toSorted());
  expect(sources.length).toBeGreaterThan(100);
  expect(imports.length).toBeGreaterThan(sources.length);
});

test('every folder of core has a rule', () => {
  const folders = new Set(
    sources
      .filter((file) => file.startsWith('packages/core/src/'))
      .map(folderOf)
      .filter((folder) => folder !== ''),
  );
  expect(folders.size).toBeGreaterThan(10);
  expect([...folders].filter((folder) => !Object.hasOwn(coreFolders, folder))).toEqual([]);
});

test('every import is allowed', () => {
  expect(imports.map(checkImport).filter((problem) => problem !== undefined)).toEqual([]);
});

test('no folder of core imports itself by way of others', () => {
  const graph = folderGraph(imports);
  expect(graph.size).toBeGreaterThan(10);
  expect(findCycles(graph)).toEqual([]);
});

test('the rules themselves allow no cycle', () => {
  const graph = new Map(
    Object.entries(coreFolders).map(([folder, { folders = [], types = [] }]) => [
      folder,
      new Set([...folders, ...types]),
    ]),
  );
  expect(findCycles(graph)).toEqual([]);
});

test.for<[string, string, string]>([
  ['core/src/util/a.ts', "import { b } from '../netaddr/b.ts';", 'util may not import netaddr'],
  [
    'core/src/service/a.ts',
    "import { b } from '../ruleset/iptables/index.ts';",
    'service may not import ruleset/iptables',
  ],
  [
    'core/src/service/a.ts',
    "import { b } from '../config/b.ts';",
    'service may import only types of config',
  ],
  [
    'core/src/service/a.ts',
    "import { type A, b } from '../config/b.ts';",
    'service may import only types of config',
  ],
  [
    'core/src/ruleset/iptables/a.ts',
    "export type { B } from '../../service/b.ts';",
    'ruleset/iptables may not import service',
  ],
  [
    'core/src/proxier/iptables/a.ts',
    "import { b } from '../ipvs/b.ts';",
    'proxier/iptables may not import proxier/ipvs',
  ],
  [
    'core/src/service/a.ts',
    "import { b } from '../compile.ts';",
    'service may not import the entry',
  ],
  ['core/src/new/a.ts', "import { b } from '../util/b.ts';", 'there is no rule for the folder new'],
  ['core/src/a.ts', "import { b } from '../../cli/src/b.ts';", 'it is outside of the package'],
  ['core/src/a.ts', "import { b } from '../test/b.ts';", 'it is outside of the package'],
  ['core/src/service/a.ts', "import { z } from 'zod';", 'service may not import it'],
  ['core/src/document/a.ts', "import { z } from 'zod/mini';", 'document may not import it'],
  ['core/src/snapshot/a.ts', "import {\n  parse,\n} from 'yaml';", 'snapshot may not import it'],
  ['core/src/compile.ts', "import { z } from 'zod';", 'the entry may not import it'],
  ['core/src/util/a.ts', "import 'node:fs';", 'package core may not import it'],
  ['core/src/util/a.ts', "const fs = await import('node:fs');", 'package core may not import it'],
  ['core/src/util/a.ts', "import fs from 'fs';", 'package core may not import it'],
  [
    'core/src/util/a.ts',
    "import { b } from '@kube-rules/fixtures';",
    'package core may not import it',
  ],
  ['cli/src/a.ts', "import { b } from '@kube-rules/fixtures';", 'package cli may not import it'],
  [
    'cli/src/a.ts',
    "import { b } from '@kube-rules/core/src/compile.ts';",
    'package cli may not import it',
  ],
  [
    'cli/src/a.ts',
    "import { b } from '../../core/src/compile.ts';",
    'it is outside of the package',
  ],
  [
    'fixtures/src/a.ts',
    "import { b } from '@kube-rules/core';",
    'package fixtures may not import it',
  ],
  ['other/src/a.ts', "import { b } from 'zod';", 'no rule for package other'],
])('packages/%s: %o is refused', ([file, text, problem]) => {
  const found = readImports(`packages/${file}`, text).map(checkImport);
  expect(found).toHaveLength(1);
  expect(found[0]?.split(': ').at(-1)).toBe(problem);
});

test.for<[string, string]>([
  ['core/src/service/a.ts', "import type { B } from '../config/b.ts';"],
  ['core/src/service/a.ts', "import { type A, type B } from '../config/b.ts';"],
  ['core/src/service/a.ts', "export { b } from './b.ts';"],
  ['core/src/a.ts', "export * from './service/b.ts';"],
  ['core/src/proxier/names/a.ts', "import { b } from '@noble/hashes/sha2.js';"],
  ['cli/src/b/a.ts', "import { b } from '../a.ts';\n// import { c } from 'zod';"],
  ['cli/src/a.ts', "import { b } from '@kube-rules/core';"],
  ['cli/src/a.ts', "import { b } from 'node:fs';"],
])('packages/%s: %o is allowed', ([file, text]) => {
  expect(readImports(`packages/${file}`, text).map(checkImport)).toEqual([undefined]);
});

test('folders that import each other are found, at any distance', () => {
  const lines: readonly (readonly [from: string, to: string])[] = [
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'a'],
    ['d', 'a'],
  ];
  const made = lines.map(([from, to]): Import => ({
    file: `packages/core/src/${from}/x.ts`,
    specifier: `../${to}/y.ts`,
    typesOnly: true,
  }));
  expect(findCycles(folderGraph(made))).toEqual(['a', 'b', 'c']);
});

// Written in halves, so that this file does not name what it looks for.
const foreign: readonly string[] = [
  ['/wo', 'rk/'],
  ['/tmp/ba', 'sh_jobs'],
  ['.lib', 'rary/'],
  ['str_repl', 'ace_based_edit'],
  ['registry.npm', 'js.org'],
  ['registry.yarn', 'pkg.com'],
  ['registry.npm', 'mirror.com'],
  ['npm.pkg.git', 'hub.com'],
  ['npm.js', 'r.io'],
].map((halves) => halves.join(''));

function findForeign(text: string): string[] {
  return foreign.filter((name) => text.includes(name));
}

test('no file names a path or tool of the machine it was written on, or the host of a registry', () => {
  expect(files.length).toBeGreaterThan(1000);
  expect(files.filter((file) => findForeign(read(file)).length > 0)).toEqual([]);
});

test('such a name would be found', () => {
  for (const name of foreign) expect(findForeign(`see ${name}main`)).toEqual([name]);
});
