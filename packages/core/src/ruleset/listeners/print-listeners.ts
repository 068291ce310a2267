import { printLines } from '../../util/print-lines.ts';
import type { Listener } from './ast.ts';

/** Prints a `.listeners` file: one JSON object a line, its fields in the order of `Listener`. */
export function printListeners(listeners: readonly Listener[]): string {
  return printLines(listeners, printListener);
}

function printListener(listener: Listener): string {
  const { servicePort, protocol, address, port, endpoints, affinityTimeout, claims } = listener;
  return JSON.stringify({
    servicePort,
    protocol,
    address,
    port,
    endpoints,
    affinityTimeout,
    claims,
  });
}
