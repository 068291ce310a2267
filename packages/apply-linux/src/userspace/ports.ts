import type { Listener } from '@kube-rules/core';
import type { Admission } from './admission.ts';
import type { Ledger } from './ledger.ts';
import type { Port, PortContext, Timing } from './port.ts';
import type { ProxyEvent } from './proxy-event.ts';
import { openTCPPort } from './tcp-port.ts';
import { openUDPPort } from './udp-port.ts';

export type BoundListener = Pick<Listener, 'servicePort' | 'protocol' | 'address' | 'port'>;

export interface PortsOptions {
  readonly ledger: Ledger;
  readonly admission: Admission;
  readonly timing: Timing;
  readonly onEvent: (event: ProxyEvent) => void;
}

/** The ports of all listeners. */
export interface Ports {
  readonly update: (listeners: readonly Listener[]) => Promise<void>;
  readonly listening: () => readonly BoundListener[];
  readonly drain: () => void;
}

interface OpenPort {
  readonly port: Port;
  listener: Listener;
  /** Once it is bound: where. */
  bound?: BoundListener;
}

const openPort = { tcp: openTCPPort, udp: openUDPPort } as const;

export function createPorts({ ledger, admission, timing, onEvent }: PortsOptions): Ports {
  const ports = new Map<string, OpenPort>();

  function open(key: string, listener: Listener): Promise<void> {
    const { servicePort, protocol, address, endpoints } = listener;
    const context: PortContext = {
      account: ledger.open(listener),
      admission,
      timing,
      onListening: (port) => {
        const bound = { servicePort, protocol, address, port };
        one.bound = bound;
        onEvent({ ...bound, kind: 'listening', endpoints: endpoints.length });
      },
    };
    const one: OpenPort = { port: openPort[protocol](listener, context), listener };
    ports.set(key, one);
    return one.port.first;
  }

  function remove(key: string, { port, bound, listener }: OpenPort): void {
    port.remove();
    ports.delete(key);
    const { servicePort, protocol, address } = listener;
    onEvent({ servicePort, protocol, address, port: (bound ?? listener).port, kind: 'removed' });
  }

  return {
    update: async (listeners) => {
      const wanted = new Map(listeners.map((listener) => [keyOf(listener), listener]));
      // What goes sets its address free for what comes.
      for (const [key, one] of ports) if (!wanted.has(key)) remove(key, one);
      ledger.keepOnly(listeners);
      admission.share(wanted.size);
      const opened: Promise<void>[] = [];
      for (const [key, listener] of wanted) {
        const one = ports.get(key);
        if (one === undefined) opened.push(open(key, listener));
        else change(one, listener, { account: ledger.open(listener), onEvent });
      }
      await Promise.all(opened);
    },
    listening: () => [...ports.values()].flatMap(({ bound }) => bound ?? []),
    drain: () => {
      for (const { port } of ports.values()) port.drain();
      ports.clear();
    },
  };
}

function change(
  one: OpenPort,
  listener: Listener,
  { account, onEvent }: Pick<PortContext, 'account'> & Pick<PortsOptions, 'onEvent'>,
): void {
  const { listener: before } = one;
  one.listener = listener;
  one.port.update(listener);
  const removed = without(before.endpoints, listener.endpoints);
  removed.forEach(account.recoverEndpoint);
  if (listener.endpoints.length > 0) account.recover('no_endpoints');
  const added = without(listener.endpoints, before.endpoints);
  if (added.length + removed.length === 0) return;
  const { servicePort, protocol } = listener;
  onEvent({ servicePort, protocol, kind: 'endpoints', added, removed });
}

function without(all: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return all.filter((one) => !known.has(one));
}

function keyOf({ servicePort, protocol, address, port }: Listener): string {
  return `${servicePort} ${protocol} ${address} ${port}`;
}
