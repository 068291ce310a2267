import { groupBy } from './group-by.ts';
import { printOutcome } from './probe.ts';
import type { Outcome } from './probe.ts';
import type { Replayed } from './replay.ts';
import type { Arrival } from './router.ts';
import { serviceOf } from './truth.ts';
import type { Flow } from './truth.ts';

/** Outcomes that the record does not have for their flow, a line each. */
export function unrecordedOutcomes(replayed: readonly Replayed[]): readonly string[] {
  return replayed.flatMap(({ flow, outcomes }) => {
    const recorded = new Set(flow.outcomes.map(printOutcome));
    const observed = new Set(outcomes.map(printOutcome));
    const unrecorded = [...observed].filter((outcome) => !recorded.has(outcome));
    return unrecorded.map(
      (outcome) => `${printFlow(flow)}: ${outcome}; recorded: ${[...recorded].join(', ')}`,
    );
  });
}

/** Endpoints that the record has for a service and that no connection to the service reached, a line each. */
export function unreachedDestinations(replayed: readonly Replayed[]): readonly string[] {
  const services = groupBy(replayed, ({ flow }) => serviceOf(flow));
  return [...services].flatMap(([service, flows]) => {
    const recorded = destinationsOf(flows.flatMap(({ flow }) => flow.outcomes));
    const reached = destinationsOf(flows.flatMap(({ outcomes }) => outcomes));
    const unreached = [...recorded].filter((destination) => !reached.has(destination));
    return unreached.map((destination) => `${service}: ${destination}`);
  });
}

/** Flows of services with affinity whose connections went to more than one endpoint, a line each. */
export function strayingFlows(replayed: readonly Replayed[]): readonly string[] {
  return replayed
    .filter(({ flow, outcomes }) => flow.affinity === 'sticky' && destinationsOf(outcomes).size > 1)
    .map(({ flow, outcomes }) => `${printFlow(flow)}: ${[...destinationsOf(outcomes)].join(', ')}`);
}

/** The record of what came to the router. */
export function recordedArrivals(flows: readonly Flow[]): readonly string[] {
  const arrivals = flows.flatMap(({ to, outcomes }) =>
    outcomes
      .flatMap(({ arrived }) => arrived ?? [])
      .filter(({ at }) => at === 'router')
      .map(({ source }) => printArrival({ source, to })),
  );
  return [...new Set(arrivals)].toSorted();
}

/** What came to the router of the flows. */
export function printArrivals(
  arrivals: readonly Arrival[],
  flows: readonly Flow[],
): readonly string[] {
  const targets = new Set(flows.map(({ to }) => to));
  return arrivals
    .filter(({ to }) => targets.has(to))
    .map(printArrival)
    .toSorted();
}

function printArrival({ source, to }: Arrival): string {
  return `${source} → ${to}`;
}

function destinationsOf(outcomes: readonly Outcome[]): Set<string> {
  return new Set(outcomes.flatMap(({ destination }) => destination ?? []));
}

function printFlow({ from, to, what, affinity }: Flow): string {
  return `${from} → ${to} (${[what, ...(affinity ? [affinity] : [])].join(', ')})`;
}
