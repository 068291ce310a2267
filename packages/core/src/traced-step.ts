import type { Owner } from './audit/attribute.ts';
import type { Location } from './trace-location.ts';
import type { TraceOutcome } from './trace/outcome.ts';
import type { Step, StepElement } from './trace/walk/step.ts';

/** A step with the line of its rule, and the Service and endpoint behind it. */
export type TracedStep = Step & Partial<Location> & Owner;

/** An outcome with the lines and Services of its path. */
export interface TracedOutcome extends Omit<TraceOutcome, 'path'> {
  readonly path: readonly TracedStep[];
}

/** Finds where a step's rule stands, and whose it is. */
export interface StepTracer {
  readonly locate: (step: Step) => Location | undefined;
  readonly ownerOf: (step: Step) => Owner;
}

/** Outcomes with the lines of their rules, and whose they are. */
export function describeOutcomes(
  outcomes: readonly TraceOutcome[],
  { locate, ownerOf }: StepTracer,
): TracedOutcome[] {
  return outcomes.map((outcome) => ({
    ...outcome,
    path: outcome.path.map((step) => ({ ...step, ...locate(step), ...ownerOf(step) })),
  }));
}

/** The owner that a step was compiled for: its rule's, or that of the element by which the rule applied. */
export function compiledOwner(step: Step): Owner {
  if (step.kind !== 'rule' && step.kind !== 'virtualServer') return {};
  const elements: readonly StepElement[] = step.kind === 'rule' ? (step.elements ?? []) : [];
  for (const { origin } of [step, ...elements]) {
    if (origin?.servicePort === undefined) continue;
    const { servicePort, endpoint } = origin;
    return endpoint ? { servicePort, endpoint: endpoint.address } : { servicePort };
  }
  return {};
}
