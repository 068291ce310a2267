import { createServer, type Socket } from 'node:net';
import type { Listener } from '@kube-rules/core';
import { createBalancer } from './balancer.ts';
import { holdClaims } from './claims.ts';
import { carryConnection } from './connection.ts';
import { keepListening } from './keep-listening.ts';
import { listen } from './listen.ts';
import { admit, type Port, type PortContext } from './port.ts';
import { tcpOptions } from './tcp-options.ts';

/** Accepts connections for one listener, and carries each to an endpoint. */
export function openTCPPort(listener: Listener, context: PortContext): Port {
  const balancer = createBalancer();
  balancer.update(listener);
  const claims = holdClaims(listener, context);

  function accept(client: Socket): void {
    if (admit(context)) void carryConnection(client, balancer, context);
    else client.destroy();
  }

  const listening = keepListening(listener, context, async (hostPort) => {
    // A client is not read before there is an endpoint for what it says.
    const server = createServer({ ...tcpOptions, pauseOnConnect: true }, accept);
    const port = await listen(server, hostPort);
    server.on('error', () => context.account.fail('descriptor_limit'));
    return { port, close: () => void server.close() };
  });

  function stop(): void {
    listening.stop();
    claims.stop();
  }

  return {
    first: Promise.all([listening.first, claims.first]).then(() => {}),
    update: (next) => {
      balancer.update(next);
      claims.update(next);
    },
    remove: stop,
    drain: stop,
  };
}
