import { readFileSync, readdirSync } from 'node:fs';
import * as core from '@kube-rules/core';
import { expect, test } from 'vitest';

const source = readFileSync(new URL('../src/index.ts', import.meta.url), 'utf8');

/** The names in the export lists of an entry, types marked as such. */
function exportedNames(text: string): string[] {
  return [...text.matchAll(/^export (type )?\{([^}]*)\}/gm)].flatMap(([, onlyTypes, list = '']) =>
    list
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => name.replace(/^(type )?\w+ as /, '$1'))
      .map((name) => (onlyTypes && !name.startsWith('type ') ? `type ${name}` : name)),
  );
}

const names = exportedNames(source);
const values = names.filter((name) => !name.startsWith('type ')).toSorted();
const types = names.filter((name) => name.startsWith('type ')).toSorted();

test('the public names are these and no others', async () => {
  expect(values.length).toBeGreaterThan(10);
  expect(types.length).toBeGreaterThan(10);
  await expect([...values, ...types, ''].join('\n')).toMatchFileSnapshot(
    'golden/index/exports.txt',
  );
});

test('the package exports exactly the values among them', () => {
  expect(Object.keys(core).toSorted()).toEqual(values);
});

test('the entry has explicit lists only', () => {
  expect(source).not.toMatch(/export \*|export default|export (?:const|function|class)/);
  expect(new Set(names).size).toBe(names.length);
});

test('no golden file is left over', () => {
  const folder = new URL('golden/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
  expect(files).toEqual(['exports.txt']);
});
