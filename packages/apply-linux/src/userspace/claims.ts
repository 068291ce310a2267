import { createServer } from 'node:net';
import type { Listener } from '@kube-rules/core';
import { bind, createDatagramSocket } from './bind.ts';
import { listen } from './listen.ts';
import { parseHostPort } from './parse-host-port.ts';
import type { PortContext } from './port.ts';
import { tryUntilDone, type Closable, type Trying } from './try-until-done.ts';

/** Addresses that are held with a socket, while rules lead their packets to the proxy's port. */
export interface Claims {
  readonly first: Promise<void>;
  readonly update: (listener: Listener) => void;
  readonly stop: () => void;
}

/** Holds the addresses that a listener claims; one that somebody else has is tried again and again. */
export function holdClaims(listener: Listener, { account, timing }: PortContext): Claims {
  const { protocol } = listener;
  const held = new Map<string, Trying>();

  function hold(address: string): Trying {
    return tryUntilDone({
      attempt: () => take[protocol](address),
      pauses: timing.listenPauses,
      onDone: () => account.recover('claim_failed', address),
      onFailure: ({ message }) =>
        account.fail('claim_failed', { subject: address, detail: message }),
    });
  }

  function update({ claims = [] }: Pick<Listener, 'claims'>): void {
    for (const [address, { stop }] of held) {
      if (claims.includes(address)) continue;
      stop();
      held.delete(address);
      account.recover('claim_failed', address);
    }
    for (const address of claims) {
      if (!held.has(address)) held.set(address, hold(address));
    }
  }

  update(listener);
  return {
    first: Promise.all([...held.values()].map(({ first }) => first)).then(() => {}),
    update,
    stop: () => update({}),
  };
}

const take: Readonly<Record<Listener['protocol'], (address: string) => Promise<Closable>>> = {
  tcp: async (address) => {
    const server = createServer((socket) => socket.destroy());
    await listen(server, parseHostPort(address));
    server.on('error', () => {});
    return { close: () => void server.close() };
  },
  udp: async (address) => {
    const hostPort = parseHostPort(address);
    const socket = createDatagramSocket(hostPort.host);
    await bind(socket, hostPort);
    socket.on('error', () => {});
    return { close: () => void socket.close() };
  },
};
