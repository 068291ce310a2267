import { dialReasons, failureKinds, type FailureReason } from './failure.ts';
import type { ProxyEvent, ServicePortOfEvent } from './proxy-event.ts';

/** An event that was told is told again after this long without another of its kind, in ms. */
const quietPeriod = 300_000;

/** A TCP connection or a UDP session that lives. */
export interface Carried {
  readonly bytesFromClient: () => number;
  readonly bytesFromEndpoint: () => number;
  /** Ends it at once. */
  readonly cut: () => void;
  /** Called now and then: tells what does not move. */
  readonly inspect?: () => void;
}

/** What was counted for a service port since it is there; UDP sessions are connections. */
export interface ServicePortCounters {
  /** `prod/web:http`; empty where the whole process is meant. */
  readonly servicePort: string;
  readonly protocol: 'tcp' | 'udp';
  readonly connections: number;
  readonly openConnections: number;
  readonly bytesFromClients: number;
  readonly bytesFromEndpoints: number;
  readonly failures: Readonly<Partial<Record<FailureReason, number>>>;
}

interface Failure {
  /** What it concerns, where that can be well again by itself: an endpoint, an address. */
  readonly subject?: string;
  readonly detail?: string;
}

/** Counts for one service port, and tells each kind of trouble once until it is well again. */
export interface Account {
  readonly name: ServicePortOfEvent;
  readonly open: ReadonlySet<Carried>;
  readonly opened: (carried: Carried) => void;
  readonly closed: (carried: Carried) => void;
  readonly fail: (reason: FailureReason, failure?: Failure) => void;
  readonly recover: (reason: FailureReason, subject?: string) => void;
  /** The endpoint answers, or is gone. */
  readonly recoverEndpoint: (endpoint: string) => void;
  readonly read: () => ServicePortCounters;
}

interface Trouble {
  readonly subjects: Set<string>;
  lastSeen: number;
}

export function createAccount(
  name: ServicePortOfEvent,
  onEvent: (event: ProxyEvent) => void,
): Account {
  const open = new Set<Carried>();
  const failures: Partial<Record<FailureReason, number>> = {};
  const troubles = new Map<FailureReason, Trouble>();
  let connections = 0;
  let fromClients = 0;
  let fromEndpoints = 0;

  function recover(reason: FailureReason, subject = ''): void {
    const trouble = troubles.get(reason);
    if (!trouble?.subjects.delete(subject) || trouble.subjects.size > 0) return;
    troubles.delete(reason);
    onEvent({ ...name, kind: 'recovered', reason });
  }

  return {
    name,
    open,
    opened: (carried) => {
      open.add(carried);
      connections += 1;
    },
    closed: (carried) => {
      if (!open.delete(carried)) return;
      fromClients += carried.bytesFromClient();
      fromEndpoints += carried.bytesFromEndpoint();
    },
    fail: (reason, { subject = '', detail = subject } = {}) => {
      failures[reason] = (failures[reason] ?? 0) + 1;
      if (isNews(troubles, reason, subject)) {
        onEvent({ ...name, kind: 'trouble', reason, detail });
      }
    },
    recover,
    recoverEndpoint: (endpoint) => {
      if (troubles.size > 0) for (const reason of dialReasons) recover(reason, endpoint);
    },
    read: () => ({
      servicePort: name.servicePort,
      protocol: name.protocol,
      connections,
      openConnections: open.size,
      bytesFromClients: fromClients + sum(open, (carried) => carried.bytesFromClient()),
      bytesFromEndpoints: fromEndpoints + sum(open, (carried) => carried.bytesFromEndpoint()),
      failures: { ...failures },
    }),
  };
}

/** Notes the trouble, and says whether it is to be told. */
function isNews(
  troubles: Map<FailureReason, Trouble>,
  reason: FailureReason,
  subject: string,
): boolean {
  const { told } = failureKinds[reason];
  if (told === 'never') return false;
  const now = performance.now();
  const known = troubles.get(reason);
  if (known === undefined) {
    troubles.set(reason, { subjects: new Set([subject]), lastSeen: now });
    return true;
  }
  const wasQuiet = now - known.lastSeen >= quietPeriod;
  known.subjects.add(subject);
  known.lastSeen = now;
  return told === 'event' && wasQuiet;
}

function sum(open: ReadonlySet<Carried>, bytes: (carried: Carried) => number): number {
  let total = 0;
  for (const carried of open) total += bytes(carried);
  return total;
}
