import type { Packet } from '@kube-rules/core';
import type { Flow } from './questions.ts';

const destinationPattern =
  /^(?:\[(?<six>[^\]]+)\]|(?<four>[^:]+)):(?<port>\d{1,5})(?:\/(?<protocol>tcp|udp|sctp))?$/i;

/**
 * Reads a packet as people write it.
 *
 * @throws {Error} for what is none, with a sentence that says what is expected.
 */
export function parseFlow({ from, to }: Flow): Packet {
  const source = from.trim().replace(/^external:/, '');
  if (source === '')
    throw new Error('Who sends it? The address of a pod, node, or external: with an address.');
  const { six, four, port, protocol = 'tcp' } = destinationPattern.exec(to.trim())?.groups ?? {};
  const destination = six ?? four;
  if (destination === undefined || Number(port) > 65_535)
    throw new Error(
      'Where to? An address with a port, such as 10.96.0.10:53/udp or [fd00::10]:80.',
    );
  return {
    source,
    destination,
    destinationPort: Number(port),
    protocol: protocol.toLowerCase(),
  };
}
