import { connect } from 'node:net';
import { nextLocalPort } from './local-port.mjs';
import { delivered, failed, settleWithin } from './outcome.mjs';

export function probeTCP({ address, port, source }, timeoutMs) {
  return settleWithin(timeoutMs, (settle) => {
    const socket = connect({
      host: address,
      port,
      localAddress: source,
      localPort: nextLocalPort(),
    });
    socket.setEncoding('utf8');
    socket.on('connect', () => socket.write('?\n'));
    socket.on('data', (answer) => settle(delivered(answer)));
    socket.on('end', () => settle({ verdict: 'closed' }));
    socket.on('error', (error) => settle(failed(error)));
    return () => socket.destroy();
  });
}
