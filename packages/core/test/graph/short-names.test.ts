import { expect, test } from 'vitest';
import { shortNames } from '../../src/graph/short-names.ts';

test('nodes are numbered in their order, whatever their ids hold', () => {
  const ids = ['chain "a"', 'end', ''];
  const nodes = ids.map((id) => ({ id, kind: 'chain' as const, lines: [] }));
  expect(ids.map(shortNames({ nodes, edges: [] }))).toEqual(['n1', 'n2', 'n3']);
});
