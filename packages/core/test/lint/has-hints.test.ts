import { expect, test } from 'vitest';
import { hasHints } from '../../src/lint/has-hints.ts';
import { sliceInput, snapshotOf } from '../support/cluster.ts';

test('one endpoint with hints is enough', () => {
  const bare = { addresses: ['10.0.0.1'] };
  const hinted = { addresses: ['10.0.0.2'], hints: { forZones: [{ name: 'z1' }] } };
  const { endpointSlices } = snapshotOf({
    endpointSlices: [
      sliceInput({ endpoints: [bare, hinted] }),
      sliceInput({ name: 'b', endpoints: [bare] }),
    ],
  });
  expect(endpointSlices.map(hasHints)).toEqual([true, false]);
});
