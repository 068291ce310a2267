import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { goldenFolder, goldenNames } from './support/golden.ts';

test('the folder of goldens holds what the tests compare, and nothing else', () => {
  expect(readdirSync(goldenFolder).toSorted()).toEqual(goldenNames);
  expect(goldenNames.length).toBeGreaterThan(0);
});
