import type { Flow, RecordedOutcome } from '../../../../test/kernel/support/truth.ts';
import type { Packet } from '../../src/trace/walk/packet.ts';
import type { TraceOutcome } from '../../src/trace/outcome.ts';

type Outcome = Pick<TraceOutcome, 'verdict' | 'destination' | 'source' | 'to'>;

/** The packet with which a recorded connection began. */
export function packetOf({ from, to, packetSource }: Flow): Packet {
  const [, bracketed, bare, port, protocol] = /^(?:\[(.*)\]|(.*?)):(\d+)\/(\w+)$/.exec(to) ?? [];
  return {
    source: packetSource ?? from.split(' ')[1] ?? '',
    destination: bracketed ?? bare ?? '',
    destinationPort: Number(port),
    protocol: protocol ?? '',
  };
}

/** What is wrong with what was traced of a flow, a line each. */
export function disagreements(flow: Flow, traced: readonly Outcome[]): readonly string[] {
  const isOf = (recorded: RecordedOutcome) => (outcome: Outcome) => isSame(recorded, outcome, flow);
  const missing = flow.outcomes.filter((recorded) => !isWhole(recorded, traced, isOf(recorded)));
  const invented = traced.filter(
    (outcome) => !flow.outcomes.some((recorded) => isOf(recorded)(outcome)),
  );
  const name = `${flow.from} → ${flow.to} (${flow.what})`;
  return [
    ...missing.map((one) => `${name}: recorded, not traced: ${JSON.stringify(one)}`),
    ...invented.map((one) => `${name}: traced, not recorded: ${JSON.stringify(one)}`),
  ];
}

function isWhole(
  { arrived }: RecordedOutcome,
  traced: readonly Outcome[],
  isRecorded: (outcome: Outcome) => boolean,
): boolean {
  if (!arrived) return traced.some(isRecorded);
  return arrived.every((arrival) =>
    traced.some((outcome) => isRecorded(outcome) && isAt(outcome, arrival)),
  );
}

function isAt(
  { destination, source }: Outcome,
  at: { readonly destination?: string; readonly source?: string },
): boolean {
  return destination === at.destination && source === at.source;
}

const passed = new Set<string>(['delivered', 'accepted']);

/** Whether an outcome is what was recorded, by the rules of the record's README. */
function isSame(recorded: RecordedOutcome, outcome: Outcome, { to }: Flow): boolean {
  const { verdict } = outcome;
  if (recorded.arrived)
    return passed.has(verdict) && recorded.arrived.some((arrival) => isAt(outcome, arrival));
  switch (recorded.verdict) {
    case 'delivered':
      return passed.has(verdict) && isAt(outcome, recorded);
    case 'timeout':
      return verdict === 'dropped';
    case 'refused': {
      const isClosedPort = verdict === 'accepted' && outcome.to === 'node';
      if ('by' in recorded && recorded.by === 'reset') return isClosedPort;
      return verdict === 'rejected' || (isClosedPort && to.endsWith('/udp'));
    }
    default:
      return false;
  }
}
