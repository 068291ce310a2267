import { expect, test } from 'vitest';
import { count } from '../../src/lint/count.ts';

test('one, and more', () => {
  expect([count(1, 'endpoint'), count(2, 'endpoint')]).toEqual(['1 endpoint', '2 endpoints']);
});
