import type { Listener } from '@kube-rules/core';
import type { ServicePortCounters } from './account.ts';
import { createAdmission } from './admission.ts';
import { dialTimeouts } from './dial.ts';
import { drain, type DrainOptions, type DrainResult } from './drain.ts';
import { inspectRegularly } from './inspect-regularly.ts';
import { createLedger } from './ledger.ts';
import type { Timing } from './port.ts';
import { createPorts, type BoundListener } from './ports.ts';
import type { ProxyEvent } from './proxy-event.ts';
import { readDescriptorLimit } from './read-descriptor-limit.ts';

export interface ProxyOptions {
  readonly onEvent?: (event: ProxyEvent) => void;
  /** Milliseconds without a datagram after which a UDP session ends; 250 unless told. */
  readonly udpIdleTimeout?: number;
  /** TCP connections and UDP sessions together; 64,000 unless told, and fewer where descriptors end. */
  readonly maxConnections?: number;
  /** Milliseconds for each attempt to reach an endpoint; 250, 500, 1000 and 2000 unless told. */
  readonly dialTimeouts?: readonly number[];
  /** Milliseconds before each next attempt to take a port that somebody else has. */
  readonly listenPauses?: readonly number[];
  /** Milliseconds between two looks at what does not move; 10,000 unless told. */
  readonly inspectInterval?: number;
}

/** kube-proxy's userspace mode: carries connections and datagrams from listeners to endpoints. */
export interface Proxy {
  /**
   * Makes these the listeners. Fulfilled when each new one listens, or could not the first time. Connections that
   * live go on, also those to endpoints that are gone; UDP sessions with endpoints that are gone end.
   */
  readonly update: (listeners: readonly Listener[]) => Promise<void>;
  /** By service port and protocol, in the order in which they came. */
  readonly counters: () => readonly ServicePortCounters[];
  /** What is bound at the moment, with the ports that the kernel chose. */
  readonly listening: () => readonly BoundListener[];
  /** Takes nothing new, waits for the connections that live until the deadline, and cuts the others. */
  readonly close: (options: DrainOptions) => Promise<DrainResult>;
}

const defaultListenPauses: readonly number[] = [250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000];

/** Starts a proxy without listeners. */
export function startProxy(options: ProxyOptions = {}): Proxy {
  const onEvent = options.onEvent ?? (() => {});
  const timing: Timing = {
    dialTimeouts: options.dialTimeouts ?? dialTimeouts,
    udpIdleTimeout: options.udpIdleTimeout ?? 250,
    listenPauses: options.listenPauses ?? defaultListenPauses,
  };
  const ledger = createLedger(onEvent);
  const admission = createAdmission({
    connections: options.maxConnections ?? 64_000,
    descriptors: readDescriptorLimit(),
  });
  const ports = createPorts({ ledger, admission, timing, onEvent });
  const inspection = inspectRegularly({
    interval: options.inspectInterval ?? 10_000,
    ledger,
    admission,
  });
  let closing: Promise<DrainResult> | undefined;

  return {
    update: async (listeners) => {
      if (closing !== undefined) throw new TypeError('update: the proxy is closed.');
      await ports.update(listeners);
      await inspection.recount();
    },
    counters: ledger.read,
    listening: ports.listening,
    close: (drainOptions) => {
      ports.drain();
      closing ??= drain(ledger, drainOptions).finally(inspection.stop);
      return closing;
    },
  };
}
