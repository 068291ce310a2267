import { expect, test } from 'vitest';
import { mayFillSets } from '../../../src/proxier/ipvs/may-fill-sets.ts';
import { behaviourOf } from '../../../src/service/behaviour.ts';
import { resolveFamily } from '../../../src/service/resolve-family.ts';
import { serviceInput, sliceInput, snapshotOf } from '../../support/cluster.ts';

function mayFillWith(endpoints: number, nodeName: string): boolean {
  const snapshot = snapshotOf({
    services: [serviceInput()],
    endpointSlices: [
      sliceInput({
        endpoints: Array.from({ length: endpoints }, (_, index) => ({
          addresses: [`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`],
          nodeName,
        })),
      }),
    ],
  });
  return mayFillSets(snapshot, resolveFamily(snapshot, 'IPv4', behaviourOf('1.36', {})));
}

test('a set holds 65536 entries: only endpoints of the node have one', () => {
  expect(mayFillWith(65_535, 'node-a')).toBe(false);
  expect(mayFillWith(65_536, 'node-a')).toBe(true);
  expect(mayFillWith(70_000, 'node-b')).toBe(false);
});
