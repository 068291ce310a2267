import { expect, test } from 'vitest';
import { parseSnapshot } from '../../src/snapshot/parse-snapshot.ts';
import type { ParsedSnapshot } from '../../src/snapshot/snapshot.ts';

function parse(text: string): ParsedSnapshot {
  return parseSnapshot(text, { nodeName: 'node-a' });
}

function messages({ diagnostics }: ParsedSnapshot, code: string): string[] {
  return diagnostics.filter((one) => one.code === code).map(({ message }) => message);
}

const service = (name: string, ip: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {clusterIP: ${ip}}\n`;

test('the last of two objects of one name stands in the place of the first', () => {
  const { snapshot } = parse(
    [service('a', '10.0.0.1'), service('b', '10.0.0.2'), service('a', '10.0.0.3')].join('---\n'),
  );
  expect(snapshot.services.map(({ spec }) => spec.clusterIP)).toEqual(['10.0.0.3', '10.0.0.2']);
});

test('a duplicate that is itself wrong leaves the good one', () => {
  const text = `apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {clusterIP: 10.0.0.1}\n---
apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {clusterIP: x}\n`;
  const parsed = parse(text);
  expect(parsed.snapshot.services.map(({ spec }) => spec.clusterIP)).toEqual(['10.0.0.1']);
  expect(messages(parsed, 'OBJECT_DUPLICATE')).toEqual([]);
});
