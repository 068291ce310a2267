import type { Server } from 'node:net';
import type { HostPort } from './parse-host-port.ts';

/** As many as the kernel lets wait, so that a thousand may come at once. */
const backlog = 4096;

/**
 * Listens on an address, and gives the port; rejects with the error of the system. `::` is IPv6 alone, so that
 * `0.0.0.0` can have the same port.
 */
export async function listen(server: Server, { host, port }: HostPort): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, ipv6Only: host.includes(':'), backlog }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : port;
}
