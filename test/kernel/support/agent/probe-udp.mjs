import { createSocket } from 'node:dgram';
import { nextLocalPort } from './local-port.mjs';
import { delivered, failed, settleWithin } from './outcome.mjs';

// The socket is connected, because only so does an ICMP error reach it.
export function probeUDP({ address, port, source }, timeoutMs) {
  return settleWithin(timeoutMs, (settle) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    socket.on('message', (answer) => settle(delivered(answer.toString())));
    socket.on('error', (error) => {
      // The node's own datagram that OUTPUT refuses or drops fails with EPERM at once; the ICMP error of a REJECT comes after it.
      if (error.code !== 'EPERM') settle(failed(error));
    });
    socket.on('connect', () => socket.send('?\n', (error) => error && socket.emit('error', error)));
    socket.bind(nextLocalPort(), source, () => socket.connect(port, address));
    return () => socket.close();
  });
}
