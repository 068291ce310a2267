import { connect, type Socket } from 'node:net';
import type { FailureReason } from './failure.ts';
import { parseHostPort } from './parse-host-port.ts';
import { tcpOptions } from './tcp-options.ts';

/** How long each attempt to reach an endpoint may take, in ms; each takes the next endpoint. */
export const dialTimeouts: readonly number[] = [250, 500, 1000, 2000];

export interface DialOptions {
  readonly timeouts: readonly number[];
  readonly pick: () => string | undefined;
  /** The socket of each attempt, so that it can be destroyed from outside. */
  readonly onAttempt: (socket: Socket) => void;
  readonly onFailure: (reason: FailureReason, endpoint: string) => void;
  /** Whether somebody still waits for the connection. */
  readonly isWanted: () => boolean;
}

export interface Dialed {
  readonly socket: Socket;
  readonly endpoint: string;
}

/** Dials one endpoint after another; the reason is why there is no connection. */
export async function dial(options: DialOptions): Promise<Dialed | FailureReason | 'unwanted'> {
  for (const timeout of options.timeouts) {
    const endpoint = options.pick();
    if (endpoint === undefined) return 'no_endpoints';
    const socket = connect({ ...parseHostPort(endpoint), ...tcpOptions });
    options.onAttempt(socket);
    const reason = await settle(socket, timeout);
    if (!options.isWanted()) {
      socket.destroy();
      return 'unwanted';
    }
    if (reason === undefined) return { socket, endpoint };
    if (reason === 'descriptor_limit') return reason;
    options.onFailure(reason, endpoint);
  }
  return 'endpoints_unreachable';
}

/** Waits for the connection; the listener for errors stays, so that none is ever unheard. */
async function settle(socket: Socket, timeout: number): Promise<FailureReason | undefined> {
  return new Promise((resolve) => {
    const giveUp = (): void => {
      if (!socket.connecting) return;
      resolve('dial_timed_out');
      socket.destroy();
    };
    // A process that was busy hears of its timers before it hears of its connections.
    const timer = setTimeout(() => setImmediate(giveUp), timeout);
    socket.once('connect', () => resolve(undefined));
    socket.on('error', (error) => resolve(dialReason(error)));
    socket.once('close', () => resolve('dial_failed'));
    const clear = (): void => clearTimeout(timer);
    socket.once('connect', clear).once('close', clear);
  });
}

const reasonOfCode: Readonly<Record<string, FailureReason>> = {
  ECONNREFUSED: 'dial_refused',
  ETIMEDOUT: 'dial_timed_out',
  EMFILE: 'descriptor_limit',
  ENFILE: 'descriptor_limit',
};

/** Which failure an error of the system is. */
export function dialReason(error: NodeJS.ErrnoException): FailureReason {
  return reasonOfCode[error.code ?? ''] ?? 'dial_failed';
}
