import type { RemoteInfo, Socket } from 'node:dgram';
import type { Account } from './account.ts';
import type { Balancer } from './balancer.ts';
import { maxSendQueue } from './datagram-channel.ts';
import { dialReasons } from './failure.ts';
import { admit, type PortContext } from './port.ts';
import { openUDPSession, type UDPSession } from './udp-session.ts';

/** The sessions of one UDP port, by the address and port of the client. */
export interface UDPSessions {
  readonly receive: (socket: Socket, data: Uint8Array, client: RemoteInfo) => void;
  /** Ends the sessions with other endpoints than these. */
  readonly keepOnly: (endpoints: readonly string[]) => void;
  /** Takes no new clients, and calls back when the last session ended. */
  readonly drain: (onDrained: () => void) => void;
}

export function createUDPSessions(balancer: Balancer, context: PortContext): UDPSessions {
  const { account, admission, timing } = context;
  const sessions = new Map<string, UDPSession>();
  let onLast: (() => void) | undefined;

  function open(endpoint: string, socket: Socket, client: RemoteInfo): UDPSession {
    const session = openUDPSession({
      endpoint,
      idleTimeout: timing.udpIdleTimeout,
      onReply: (data) => {
        account.recoverEndpoint(endpoint);
        reply(account, socket, { data, client });
      },
      onFailure: (reason) => {
        const subject = dialReasons.includes(reason) ? endpoint : '';
        account.fail(reason, { subject, detail: endpoint });
        if (subject !== '') balancer.forget(client.address);
      },
      onEnd: () => {
        sessions.delete(keyOf(client));
        account.closed(session);
        admission.release(account);
        if (sessions.size === 0) onLast?.();
      },
    });
    sessions.set(keyOf(client), session);
    account.opened(session);
    return session;
  }

  function openForNew(socket: Socket, client: RemoteInfo): UDPSession | undefined {
    if (onLast !== undefined || !admit(context)) return undefined;
    const endpoint = balancer.pickEndpoint({ client: client.address, now: performance.now() });
    if (endpoint !== undefined) return open(endpoint, socket, client);
    account.fail('no_endpoints');
    admission.release(account);
    return undefined;
  }

  return {
    receive: (socket, data, client) =>
      (sessions.get(keyOf(client)) ?? openForNew(socket, client))?.send(data),
    keepOnly: (endpoints) => {
      const kept = new Set(endpoints);
      for (const session of sessions.values()) if (!kept.has(session.endpoint)) session.cut();
    },
    drain: (onDrained) => {
      onLast = onDrained;
      if (sessions.size === 0) onDrained();
    },
  };
}

interface Reply {
  readonly data: Uint8Array;
  readonly client: RemoteInfo;
}

function reply(account: Account, socket: Socket, { data, client }: Reply): void {
  if (socket.getSendQueueSize() > maxSendQueue) return account.fail('datagram_lost');
  socket.send(data, client.port, client.address, (error) => {
    if (error !== null) account.fail('datagram_lost', { detail: error.message });
  });
}

function keyOf({ address, port }: RemoteInfo): string {
  return `${address} ${port}`;
}
