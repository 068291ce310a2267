import { createDatagramSocket } from './bind.ts';
import { parseHostPort } from './parse-host-port.ts';

/** Datagrams that may wait for the socket, which is there a moment later. */
const maxWaiting = 16;

/** Bytes that may wait in a socket until the kernel takes them. */
export const maxSendQueue = 4 << 20;

export interface DatagramChannelOptions {
  readonly endpoint: string;
  readonly onMessage: (data: Uint8Array) => void;
  /** An error of the system; of a datagram that found no room, there is none. */
  readonly onError: (error?: NodeJS.ErrnoException) => void;
}

/** A socket that is connected to one endpoint, so that the kernel tells when nobody is there. */
export interface DatagramChannel {
  readonly send: (data: Uint8Array) => void;
  readonly close: () => void;
}

export function openDatagramChannel(options: DatagramChannelOptions): DatagramChannel {
  const { endpoint, onMessage, onError } = options;
  const { host, port } = parseHostPort(endpoint);
  const socket = createDatagramSocket(host);
  let waiting: Uint8Array[] | undefined = [];

  function transmit(data: Uint8Array): void {
    if (socket.getSendQueueSize() > maxSendQueue) return onError();
    socket.send(data, (error) => {
      if (error !== null) onError(error);
    });
  }

  socket.on('error', onError);
  socket.on('message', onMessage);
  socket.once('connect', () => {
    const first = waiting ?? [];
    waiting = undefined;
    first.forEach(transmit);
  });
  socket.connect(port, host);

  return {
    send: (data) => {
      if (waiting === undefined) transmit(data);
      else if (waiting.length < maxWaiting) waiting.push(data);
      else onError();
    },
    close: () => {
      waiting = [];
      socket.close();
    },
  };
}
