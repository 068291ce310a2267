import { expect, test } from 'vitest';
import { podsOf } from '../../../src/report/page/pods-of.ts';
import { loadedShop } from '../../support/report.ts';

test('the addresses of endpoints on a node, each once', () => {
  const pods = podsOf(loadedShop.snapshot, 'node-b');
  expect(pods).toContain('10.244.2.11');
  expect(pods).not.toContain('10.244.3.12');
  expect(new Set(pods).size).toBe(pods.length);
});

test('a node without endpoints has none', () => {
  expect(podsOf(loadedShop.snapshot, 'node-z')).toEqual([]);
});
