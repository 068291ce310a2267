import type { Carried } from './account.ts';
import { openDatagramChannel } from './datagram-channel.ts';
import { dialReason } from './dial.ts';
import type { FailureReason } from './failure.ts';

export interface UDPSessionOptions {
  readonly endpoint: string;
  /** In ms without a datagram either way. */
  readonly idleTimeout: number;
  readonly onReply: (data: Uint8Array) => void;
  readonly onFailure: (reason: FailureReason) => void;
  readonly onEnd: () => void;
}

/** What one client and one endpoint say to each other. */
export interface UDPSession extends Carried {
  readonly endpoint: string;
  readonly send: (data: Uint8Array) => void;
}

export function openUDPSession(options: UDPSessionOptions): UDPSession {
  const { endpoint, onReply, onFailure, onEnd } = options;
  let fromClient = 0;
  let fromEndpoint = 0;
  let ended = false;

  const channel = openDatagramChannel({
    endpoint,
    onMessage: (data) => {
      fromEndpoint += data.length;
      idle.refresh();
      onReply(data);
    },
    onError: (error) => {
      if (ended) return;
      const reason = error === undefined ? 'dial_failed' : dialReason(error);
      // Refused says that nobody is there; another datagram is lost alone.
      onFailure(reason === 'dial_failed' ? 'datagram_lost' : reason);
      if (reason !== 'dial_failed') end();
    },
  });
  const idle = setTimeout(end, options.idleTimeout);

  function end(): void {
    if (ended) return;
    ended = true;
    clearTimeout(idle);
    channel.close();
    onEnd();
  }

  return {
    endpoint,
    bytesFromClient: () => fromClient,
    bytesFromEndpoint: () => fromEndpoint,
    cut: end,
    send: (data) => {
      fromClient += data.length;
      idle.refresh();
      channel.send(data);
    },
  };
}
