import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { severityOf } from '../../../src/diagnostics/codes.ts';
import { lintRules } from '../../../src/lint/rules/lint-rules.ts';

const source = new URL('../../../src/lint/rules/', import.meta.url);
const tests = new URL('./', import.meta.url);

test('every file of a rule is in the list, and has its test', () => {
  const files = readdirSync(source).filter((file) => file !== 'lint-rules.ts');
  expect(files.length).toBeGreaterThan(30);
  expect(lintRules).toHaveLength(files.length);
  const tested = readdirSync(tests).filter((file) => file !== 'lint-rules.test.ts');
  expect(tested.toSorted()).toEqual(
    files.map((file) => file.replace('.ts', '.test.ts')).toSorted(),
  );
});

test('every rule has a code of its own, and looks at something', () => {
  const codes = lintRules.map(({ code }) => code);
  expect(new Set(codes).size).toBe(lintRules.length);
  expect(codes.filter((code) => !Object.hasOwn(severityOf, code))).toEqual([]);
  const idle = lintRules.filter(({ check, checkNode }) => !check && !checkNode);
  expect(idle).toEqual([]);
});
