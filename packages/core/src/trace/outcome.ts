import { compareText } from '../util/compare-text.ts';
import { stepsOf, type Branch, type End } from './walk/branch.ts';
import { printEndpoint } from './walk/packet.ts';
import type { Step } from './walk/step.ts';

/**
 * `delivered`: to an endpoint that rules or IPVS chose. `accepted`: as it was addressed, for a process of the
 * node or sent on, see `to`. `rejected` with an answer, `dropped` without one. `unknown`: a rule that is not
 * known decides.
 */
export type TraceVerdict = 'delivered' | 'rejected' | 'dropped' | 'accepted' | 'unknown';

/** What may become of a packet. */
export interface TraceOutcome {
  /** Of all outcomes together 1. Of a rule that may or may not apply, either counts half. */
  readonly probability: number;
  readonly verdict: TraceVerdict;
  /** Where it goes, or was going: `10.244.1.5:8080`, `[fd00::5]:8080`. */
  readonly destination: string;
  /** The client that the endpoint sees; null where none sees it, or where the node's address is not known. */
  readonly source: string | null;
  /** Whether another source than the client's own was put in. */
  readonly masqueraded: boolean;
  /** Of `delivered` and `accepted`: whether the node itself has the destination, or sends the packet on. */
  readonly to?: 'node' | 'network';
  /** Of `rejected`: the answer, such as `icmp-port-unreachable` or `tcp-reset`. */
  readonly with?: string;
  /** Of `unknown`: what is not known. */
  readonly reason?: string;
  readonly path: readonly Step[];
}

/** The end of a branch. */
export interface Final {
  readonly branch: Branch;
  readonly end: End;
  readonly to?: 'node' | 'network';
}

function outcomeOf({ branch, end, to }: Final): TraceOutcome {
  const { packet, probability, path } = branch;
  const isSeen = end.kind === 'accept';
  return {
    probability,
    verdict: verdictOf(end, packet.isTranslated),
    destination: printEndpoint(packet.destination),
    source: isSeen && packet.isSourceKnown ? packet.source.text : null,
    masqueraded: packet.isMasqueraded,
    ...(isSeen && to && { to }),
    ...(end.kind === 'reject' && { with: end.with }),
    ...(end.kind === 'unknown' && { reason: end.reason }),
    path: stepsOf(path),
  };
}

const verdicts: Partial<Readonly<Record<End['kind'], TraceVerdict>>> = {
  drop: 'dropped',
  reject: 'rejected',
  unknown: 'unknown',
};

function verdictOf({ kind }: End, isTranslated: boolean): TraceVerdict {
  return verdicts[kind] ?? (isTranslated ? 'delivered' : 'accepted');
}

/** What two outcomes have in common that are the same for the client and the endpoint. */
export function outcomeKey({ branch, end, to }: Final): string {
  const { packet } = branch;
  const detail = end.kind === 'reject' ? end.with : end.kind === 'unknown' ? end.reason : '';
  const source = packet.isSourceKnown ? packet.source.text : '';
  return [
    verdictOf(end, packet.isTranslated),
    printEndpoint(packet.destination),
    end.kind === 'accept' ? `${source} ${packet.isMasqueraded}` : '',
    to ?? '',
    detail,
  ].join('|');
}

/** Outcomes that are the same as one, with the path of the likeliest; by destination, then verdict and source. */
export function mergeOutcomes(finals: readonly Final[]): TraceOutcome[] {
  const byKey = new Map<string, { likeliest: Final; probability: number }>();
  for (const final of finals) {
    const key = outcomeKey(final);
    const known = byKey.get(key);
    if (!known) {
      byKey.set(key, { likeliest: final, probability: final.branch.probability });
      continue;
    }
    known.probability += final.branch.probability;
    if (final.branch.probability > known.likeliest.branch.probability) known.likeliest = final;
  }
  return [...byKey.values()]
    .map(({ likeliest, probability }) => ({ ...outcomeOf(likeliest), probability }))
    .sort(compareOutcomes);
}

function compareOutcomes(a: TraceOutcome, b: TraceOutcome): number {
  return (
    compareText(a.destination, b.destination) ||
    compareText(a.verdict, b.verdict) ||
    compareText(a.source ?? '', b.source ?? '')
  );
}
