import type { Listener } from '@kube-rules/core';
import { joinHostPort, type HostPort } from './parse-host-port.ts';
import type { PortContext } from './port.ts';
import { tryUntilDone, type Closable, type Trying } from './try-until-done.ts';

/** A socket that is bound, and the port that it has. */
export interface Bound extends Closable {
  readonly port: number;
}

/** Opens a listener's address, again and again while somebody else has it. */
export function keepListening(
  { address, port }: Listener,
  { account, timing, onListening }: PortContext,
  open: (hostPort: HostPort) => Promise<Bound>,
): Trying {
  const hostPort = { host: address, port };
  const subject = joinHostPort(hostPort);
  const trying = tryUntilDone({
    attempt: () => open(hostPort),
    pauses: timing.listenPauses,
    onDone: (bound) => {
      account.recover('listen_failed', subject);
      onListening(bound.port);
    },
    onFailure: ({ message }) => account.fail('listen_failed', { subject, detail: message }),
  });
  return {
    first: trying.first,
    stop: () => {
      trying.stop();
      account.recover('listen_failed', subject);
    },
  };
}
