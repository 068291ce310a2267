import type { Socket } from 'node:net';
import type { Account, Carried } from './account.ts';
import type { Balancer } from './balancer.ts';
import { dial } from './dial.ts';
import type { PortContext } from './port.ts';
import { splice } from './splice.ts';
import { createStallDetector } from './stall.ts';

/** The two sockets of a connection; the second is another one with each attempt to reach an endpoint. */
interface Sockets {
  readonly client: Socket;
  endpoint?: Socket;
}

/** Carries one accepted and admitted connection to an endpoint, until it ends. */
export async function carryConnection(
  client: Socket,
  balancer: Balancer,
  { account, admission, timing }: PortContext,
): Promise<void> {
  const { remoteAddress = '' } = client;
  const sockets: Sockets = { client };
  const carried = carry(sockets, account);
  account.opened(carried);
  client.on('error', () => {});
  const end = (): void => {
    account.closed(carried);
    admission.release(account);
  };

  const result = await dial({
    timeouts: timing.dialTimeouts,
    pick: () => balancer.pickEndpoint({ client: remoteAddress, now: performance.now() }),
    onAttempt: (socket) => (sockets.endpoint = socket),
    onFailure: (reason, endpoint) => {
      account.fail(reason, { subject: endpoint });
      balancer.forget(remoteAddress);
    },
    isWanted: () => !client.destroyed,
  });
  if (typeof result === 'string') {
    if (result !== 'unwanted') account.fail(result);
    client.destroy();
    end();
    return;
  }
  const { socket, endpoint } = result;
  account.recoverEndpoint(endpoint);
  account.recover('endpoints_unreachable');
  splice({
    client,
    endpoint: socket,
    onReset: (side) =>
      account.fail(`${side}_reset`, { detail: side === 'endpoint' ? endpoint : remoteAddress }),
    onEnd: end,
  });
}

function carry(sockets: Sockets, account: Account): Carried {
  const { client } = sockets;
  const isClientStalled = createStallDetector();
  const isEndpointStalled = createStallDetector();
  return {
    bytesFromClient: () => client.bytesRead,
    bytesFromEndpoint: () => sockets.endpoint?.bytesRead ?? 0,
    cut: () => {
      client.destroy();
      sockets.endpoint?.destroy();
    },
    inspect: () => {
      const { endpoint } = sockets;
      if (isClientStalled(client)) {
        account.fail('client_stalled', { detail: client.remoteAddress ?? '' });
      }
      if (endpoint !== undefined && isEndpointStalled(endpoint)) {
        account.fail('endpoint_stalled', { detail: endpoint.remoteAddress ?? '' });
      }
    },
  };
}
