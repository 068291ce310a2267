import type { Socket } from 'node:net';

type Side = 'client' | 'endpoint';

export interface SpliceOptions {
  readonly client: Socket;
  readonly endpoint: Socket;
  /** A side ended with an error; told once, for the side where it came from. */
  readonly onReset: (side: Side, error: Error) => void;
  /** Both sockets are closed. */
  readonly onEnd: () => void;
}

/**
 * Carries bytes both ways until both sides are done: the end of one half is carried through, and who does not read
 * stops the other from sending.
 */
export function splice({ client, endpoint, onReset, onEnd }: SpliceOptions): void {
  let broken = false;
  let open = 2;
  const watch = (socket: Socket, other: Socket, side: Side): void => {
    socket.on('error', (error) => {
      if (!broken) onReset(side, error);
      broken = true;
      breakOff(other);
    });
    socket.on('close', () => {
      if (!other.writableEnded) other.destroy();
      open -= 1;
      if (open === 0) onEnd();
    });
  };
  watch(client, endpoint, 'client');
  watch(endpoint, client, 'endpoint');
  client.pipe(endpoint);
  endpoint.pipe(client);
}

/**
 * Passes a reset on. A socket that was given all of its bytes and their end may still deliver them; the kernel
 * cannot reset it meanwhile.
 */
function breakOff(socket: Socket): void {
  if (socket.destroyed) return;
  if (socket.writableEnded) socket.destroySoon();
  else socket.resetAndDestroy();
}
