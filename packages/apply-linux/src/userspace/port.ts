import type { Listener } from '@kube-rules/core';
import type { Account } from './account.ts';
import type { Admission } from './admission.ts';

/** In milliseconds, all of them. */
export interface Timing {
  /** One attempt to reach an endpoint for each, with the time it may take. */
  readonly dialTimeouts: readonly number[];
  readonly udpIdleTimeout: number;
  /** Before an address that is taken is tried again: the second time, the third, and so on. */
  readonly listenPauses: readonly number[];
}

export interface PortContext {
  readonly account: Account;
  readonly admission: Admission;
  readonly timing: Timing;
  /** The port to listen on was bound; with port 0 the kernel chose it. */
  readonly onListening: (port: number) => void;
}

/** One listener at work. */
export interface Port {
  /** Fulfilled when it listens, or could not the first time. */
  readonly first: Promise<void>;
  /** Another list of endpoints, timeout of affinity, or claims. */
  readonly update: (listener: Listener) => void;
  /** The listener is gone: sets its addresses free. TCP connections go on, UDP sessions end. */
  readonly remove: () => void;
  /** The process is to end: takes nothing new, and lets what lives go on. */
  readonly drain: () => void;
}

/** Whether one more connection is let in; if not, that is entered into the account. */
export function admit({ account, admission }: PortContext): boolean {
  const obstacle = admission.admit(account);
  if (obstacle !== undefined) account.fail(obstacle);
  return obstacle === undefined;
}
