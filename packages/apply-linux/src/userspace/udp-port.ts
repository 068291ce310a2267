import type { Listener } from '@kube-rules/core';
import { createBalancer } from './balancer.ts';
import { bind, createDatagramSocket } from './bind.ts';
import { holdClaims } from './claims.ts';
import { keepListening } from './keep-listening.ts';
import type { Port, PortContext } from './port.ts';
import { createUDPSessions } from './udp-sessions.ts';

/** Receives datagrams for one listener; each client has a session with an endpoint. */
export function openUDPPort(listener: Listener, context: PortContext): Port {
  const balancer = createBalancer();
  balancer.update(listener);
  const claims = holdClaims(listener, context);
  const sessions = createUDPSessions(balancer, context);

  const listening = keepListening(listener, context, async (hostPort) => {
    const socket = createDatagramSocket(hostPort.host);
    const port = await bind(socket, hostPort);
    socket.on('error', ({ message }) => context.account.fail('datagram_lost', { detail: message }));
    socket.on('message', (data, client) => sessions.receive(socket, data, client));
    return { port, close: () => void socket.close() };
  });

  return {
    first: Promise.all([listening.first, claims.first]).then(() => {}),
    update: (next) => {
      balancer.update(next);
      claims.update(next);
      sessions.keepOnly(next.endpoints);
    },
    remove: () => {
      sessions.keepOnly([]);
      claims.stop();
      listening.stop();
    },
    drain: () => {
      claims.stop();
      // Answers leave by the socket that the questions came to.
      sessions.drain(listening.stop);
    },
  };
}
