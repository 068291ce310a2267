import { printAddressPort, printOutcome } from './probe.ts';
import type { Outcome, Probe } from './probe.ts';
import type { Arrival } from './router.ts';

/** Each outcome once. */
export function distinct(outcomes: readonly Outcome[]): readonly string[] {
  return [...new Set(outcomes.map(printOutcome))].toSorted();
}

/** What the router got of the probe's connections: nothing, whether they are answered, refused or dropped. */
export function arrivalsOf(probe: Probe, arrivals: readonly Arrival[]): readonly Arrival[] {
  return arrivals.filter(
    ({ source, to }) => to === printAddressPort(probe) && source === (probe.source ?? source),
  );
}
