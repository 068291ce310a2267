import { expect } from 'vitest';
import { EVERY_MS } from './watched.ts';
import type { Watched } from './watched.ts';

/** Expects that each client came to at least one connection in so many turns, and the lasting one to answers. */
export function expectManyConnections(watched: Watched, turns: number): void {
  const { connected, held, milliseconds } = watched;
  const expected = milliseconds / EVERY_MS / turns;
  for (const { connections } of Object.values(connected))
    expect(connections).toBeGreaterThan(expected);
  expect(held.answers).toBeGreaterThan(expected / 2);
  expect(held.servers).toHaveLength(1);
}
