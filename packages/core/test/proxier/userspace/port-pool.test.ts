import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPortPool } from '../../../src/proxier/userspace/port-pool.ts';

test('a hash stands for a place, from which the next free port is taken, round the end', () => {
  const pool = createPortPool({ first: 10, last: 13 });
  pool.take(13);
  expect([2, 2, 6, 0, 0].map(pool.allot)).toEqual([12, 10, 11, undefined, undefined]);
});

test('what was taken is free no more, in the range or not', () => {
  const pool = createPortPool({ first: 10, last: 13 });
  pool.take(80);
  pool.take(80);
  expect([10, 80, 81].map(pool.isFree)).toEqual([true, false, true]);
});

test('each port is handed out once, until there is none', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1000)),
      fc.uniqueArray(fc.integer({ min: 1, max: 60 })),
      (hashes, taken) => {
        const pool = createPortPool({ first: 20, last: 49 });
        for (const port of taken) pool.take(port);
        const got = hashes.map(pool.allot);
        const ports = got.filter((port) => port !== undefined);
        expect(new Set(ports).size).toBe(ports.length);
        for (const port of ports) {
          expect(port).toBeGreaterThanOrEqual(20);
          expect(port).toBeLessThanOrEqual(49);
          expect(taken).not.toContain(port);
        }
        const free = 30 - taken.filter((port) => port >= 20 && port <= 49).length;
        expect(ports).toHaveLength(Math.min(free, hashes.length));
      },
    ),
  );
});
