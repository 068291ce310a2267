import type { ExpectStatic } from 'vitest';
import {
  printArrivals,
  recordedArrivals,
  strayingFlows,
  unreachedDestinations,
  unrecordedOutcomes,
} from './agreement.ts';
import type { Cluster } from './cluster.ts';
import { replay } from './replay.ts';
import type { Flow } from './truth.ts';

/** Replays recorded flows under the rules that are loaded: all must fare as they did in the record. */
export async function expectAgreement(
  expect: ExpectStatic,
  cluster: Cluster,
  flows: readonly Flow[],
): Promise<void> {
  const replayed = await replay(cluster, flows);
  expect(replayed.length).toBeGreaterThanOrEqual(flows.length);
  expect(unrecordedOutcomes(replayed)).toEqual([]);
  expect(unreachedDestinations(replayed)).toEqual([]);
  expect(strayingFlows(replayed)).toEqual([]);
  expect(printArrivals(await cluster.arrivals(), flows)).toEqual(recordedArrivals(flows));
}
