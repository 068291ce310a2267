import type { TraceOutcome } from '@kube-rules/core';
import { printOutcome } from './probe.ts';
import type { Outcome } from './probe.ts';
import type { Call } from './traced-calls.ts';

/** A call with what was traced of it. */
export interface TracedCall extends Call {
  readonly outcomes: readonly TraceOutcome[];
}

/** A call with what became of its connections, and what came to the hosts meanwhile. */
export interface TriedCall {
  readonly call: TracedCall;
  readonly observed: readonly Outcome[];
  readonly arrived: ReadonlySet<string>;
}

/** Likely enough that it must be seen. */
const LIKELY = 0.2;

/** Whether the packet comes to somebody. */
export function isSeen({ verdict }: TraceOutcome): boolean {
  return verdict === 'delivered' || verdict === 'accepted';
}

/** What nobody traced and what nobody saw, a line each. */
export function disagreements(tried: TriedCall): readonly string[] {
  const { call, observed } = tried;
  const { title, outcomes } = call;
  const traced = outcomes.map(printTraced).join(', ');
  const strange = observed.filter(
    (one) => !outcomes.some((outcome) => isWhatWasTraced(tried, one, outcome)),
  );
  return [
    ...[...new Set(strange.map(printOutcome))].map((one) => `${title}: ${one}; traced: ${traced}`),
    ...unseenOutcomes(tried).map((one) => `${title}: not seen: ${printTraced(one)}`),
  ];
}

/** Likely outcomes that no connection had. */
export function unseenOutcomes(tried: TriedCall): readonly TraceOutcome[] {
  const { call, observed } = tried;
  return call.outcomes
    .filter(({ probability }) => probability > LIKELY)
    .filter((outcome) => !observed.some((one) => isWhatWasTraced(tried, one, outcome)));
}

/** Whether connections that come to somebody got no answer: it took a way past the node that would translate it back. */
export function hasLostAnswers({ call, observed }: TriedCall): boolean {
  return (
    observed.some(({ verdict }) => verdict === 'timeout') &&
    call.outcomes.every(({ verdict }) => verdict !== 'dropped')
  );
}

function isWhatWasTraced(tried: TriedCall, observed: Outcome, outcome: TraceOutcome): boolean {
  switch (observed.verdict) {
    case 'delivered':
      return isSeen(outcome) && isAnsweredBy(outcome, observed);
    case 'refused':
      return (
        outcome.verdict === 'rejected' || (outcome.verdict === 'accepted' && outcome.to === 'node')
      );
    case 'timeout':
      return outcome.verdict === 'dropped' || (isSeen(outcome) && isUnanswered(tried, outcome));
    default:
      return false;
  }
}

function isAnsweredBy({ destination, source }: TraceOutcome, observed: Outcome): boolean {
  return observed.destination === destination && observed.source === source;
}

// An answer that takes another way takes it every time.
function isUnanswered({ call, observed, arrived }: TriedCall, outcome: TraceOutcome): boolean {
  return (
    arrived.has(arrivalOf(call, outcome)) && !observed.some((one) => isAnsweredBy(outcome, one))
  );
}

/** What a host remembers of a connection with this outcome. */
export function arrivalOf(
  { packet: { protocol } }: Call,
  { source, destination }: TraceOutcome,
): string {
  return `${source} → ${destination}/${protocol}`;
}

function printTraced({
  probability,
  verdict,
  destination,
  source,
  ...outcome
}: TraceOutcome): string {
  return `${probability.toFixed(2)} ${verdict} at ${destination} from ${source} ${outcome.to ?? ''}`;
}
