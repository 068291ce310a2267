import { expect, test } from 'vitest';
import {
  noFormerSlots,
  packSlots,
  stickySlots,
  type FormerSlots,
} from '../../../../src/proxier/nftables/fast/slots.ts';
import type { Endpoint } from '../../../../src/service/endpoint.ts';
import { endpointOf } from '../../../support/model.ts';

/** Endpoints 10.0.0.1, 10.0.0.2 … by their last byte. */
function listOf(...bytes: readonly number[]): Endpoint[] {
  return bytes.map((byte) => endpointOf(`10.0.0.${byte}`));
}

function bytesOf(endpoints: readonly Endpoint[]): number[] {
  return endpoints.map(({ ip }) => Number(ip.split('.')[3]));
}

/** The last byte of the endpoint in each slot. */
function formerOf(
  bytes: Readonly<Record<number, number>>,
  blocked: readonly number[] = [],
): FormerSlots {
  const origin = { reason: 'a test' };
  const elements = Object.entries(bytes).map(([slot, byte]) => {
    const destination = { ip: `10.0.0.${byte}`, port: 80 };
    return [Number(slot), { key: ['1.2.3.4', '80', slot], destination, origin }] as const;
  });
  return { elements: new Map(elements), blocked: new Set(blocked) };
}

test.for<[string, readonly number[], Readonly<Record<number, number>>, readonly number[]]>([
  ['the first list stands as it is', [3, 1, 2], {}, [3, 1, 2]],
  ['who had a slot keeps it', [1, 2, 3], { 0: 3, 1: 1, 2: 2 }, [3, 1, 2]],
  ['a new one comes last', [1, 2, 3, 4], { 0: 3, 1: 1, 2: 2 }, [3, 1, 2, 4]],
  ['the last slot fills a gap', [1, 2, 4], { 0: 1, 1: 3, 2: 2, 3: 4 }, [1, 4, 2]],
  ['the last one goes, and nothing moves', [1, 2], { 0: 1, 1: 2, 2: 3 }, [1, 2]],
  ['a new one takes the place of another', [1, 3], { 0: 1, 1: 2 }, [1, 3]],
  ['several fill gaps in the order of the list', [5, 6, 2], { 0: 1, 1: 2, 2: 3 }, [5, 2, 6]],
  ['none is left', [], { 0: 1, 1: 2 }, []],
  ['all are others', [4, 5], { 0: 1, 1: 2, 2: 3 }, [4, 5]],
])('without affinity: %s', ([, list, former, packed]) => {
  expect(bytesOf(packSlots(listOf(...list), formerOf(former)))).toEqual(packed);
});

test('an endpoint is one of address and port', () => {
  const other = { ...endpointOf('10.0.0.2', { port: 81 }), address: '10.0.0.2:81' };
  const former = formerOf({ 0: 1, 1: 2 });
  expect(packSlots([other, endpointOf('10.0.0.2')], former)).toEqual([
    other,
    endpointOf('10.0.0.2'),
  ]);
  expect(stickySlots([other], former)).toEqual({
    slots: new Map([['10.0.0.2:81', 2]]),
    freed: [0, 1],
  });
});

/** Slots by the last byte. */
function sticky(list: readonly number[], former: FormerSlots): Record<number, number> {
  const { slots } = stickySlots(listOf(...list), former);
  return Object.fromEntries(
    [...slots].map(([address, slot]) => [address.replace(/^10\.0\.0\.(\d+):80$/, '$1'), slot]),
  );
}

test('with affinity the first list is in its order', () => {
  expect(sticky([3, 1], noFormerSlots)).toEqual({ 3: 0, 1: 1 });
  expect(stickySlots([], noFormerSlots)).toEqual({ slots: new Map(), freed: [] });
});

test('with affinity nobody moves, and holes stay while they are blocked', () => {
  expect(sticky([1, 3], formerOf({ 0: 1, 1: 2, 2: 3 }))).toEqual({ 1: 0, 3: 2 });
  expect(sticky([1, 3, 4, 5], formerOf({ 0: 1, 3: 3 }, [1]))).toEqual({ 1: 0, 3: 3, 4: 2, 5: 4 });
  expect(sticky([4], formerOf({}, [0, 1, 3]))).toEqual({ 4: 2 });
});

test('a slot that is freed now is not given away at once', () => {
  const former = formerOf({ 0: 1, 1: 2 });
  expect(sticky([2, 3], former)).toEqual({ 2: 1, 3: 2 });
  expect(stickySlots(listOf(2, 3), former).freed).toEqual([0]);
  expect(stickySlots([], former).freed).toEqual([0, 1]);
});
