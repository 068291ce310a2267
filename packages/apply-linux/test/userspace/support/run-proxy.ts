import { onTestFinished } from 'vitest';
import type { Listener } from '@kube-rules/core';
import type { ServicePortCounters } from '../../../src/userspace/account.ts';
import { printProxyEvent } from '../../../src/userspace/proxy-event.ts';
import { startProxy, type Proxy, type ProxyOptions } from '../../../src/userspace/proxy.ts';

export interface RunningProxy extends Proxy {
  /** What it told so far. */
  readonly lines: readonly string[];
  /** The port of a service port, in a protocol if it has both. */
  readonly portOf: (servicePort: string, protocol?: string) => number;
  readonly countersOf: (servicePort: string) => ServicePortCounters;
}

/** A proxy that lives as long as the test. */
export async function runProxy(
  listeners: readonly Listener[],
  options: ProxyOptions = {},
): Promise<RunningProxy> {
  const lines: string[] = [];
  const proxy = startProxy({ ...options, onEvent: (event) => lines.push(printProxyEvent(event)) });
  onTestFinished(async () => void (await proxy.close({ deadline: 0 })));
  await proxy.update(listeners);
  return {
    ...proxy,
    lines,
    portOf: (servicePort, protocol) =>
      proxy
        .listening()
        .find(
          (bound) =>
            bound.servicePort === servicePort && (protocol ?? bound.protocol) === bound.protocol,
        )?.port ?? 0,
    countersOf: (servicePort) => {
      const counters = proxy.counters().find((one) => one.servicePort === servicePort);
      if (counters === undefined) throw new Error(`There are no counters of ${servicePort}.`);
      return counters;
    },
  };
}

/** A TCP listener on 127.0.0.1, on a port that the kernel chooses. */
export function tcp(
  servicePort: string,
  endpoints: readonly string[],
  rest: Partial<Listener> = {},
): Listener {
  return { servicePort, protocol: 'tcp', address: '127.0.0.1', port: 0, endpoints, ...rest };
}

/** The same for UDP. */
export function udp(
  servicePort: string,
  endpoints: readonly string[],
  rest: Partial<Listener> = {},
): Listener {
  return { ...tcp(servicePort, endpoints, rest), protocol: 'udp' };
}
