/** Connections from one namespace to one address. */
export interface Probe {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  /** The client's own address where it has several; default: the kernel's choice. */
  readonly source?: string;
  readonly connections: number;
  /** One connection after the other instead of all beside each other. */
  readonly inTurn?: boolean;
}

/** What became of one connection; `destination` and `source` are its ends as the server saw them. */
export interface Outcome {
  readonly verdict: string;
  readonly destination?: string;
  readonly source?: string;
}

/**
 * Longer than it takes a TCP client to repeat its SYN twice, after one second and three: an ICMP error that comes while
 * connect() still holds the socket is lost, and the client sees that of a repeated SYN.
 */
export const PROBE_TIMEOUT_MS = 3500;

/** Splits `10.0.0.1:80/tcp` and `[fd00::1]:53/udp`. */
export function parseAddressPort(text: string): Pick<Probe, 'protocol' | 'address' | 'port'> {
  const groups = /^\[?(?<address>[^\]]+?)\]?:(?<port>\d+)\/(?<protocol>tcp|udp)$/.exec(
    text,
  )?.groups;
  if (groups === undefined) {
    throw new TypeError(`"${text}" is no address, port and protocol.`);
  }
  const { address, port, protocol } = groups as {
    address: string;
    port: string;
    protocol: 'tcp' | 'udp';
  };
  return { address, port: Number(port), protocol };
}

/** The inverse of `parseAddressPort`. */
export function printAddressPort({
  protocol,
  address,
  port,
}: Pick<Probe, 'protocol' | 'address' | 'port'>): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}/${protocol}`;
}

export function printOutcome({ verdict, destination, source }: Outcome): string {
  return destination === undefined ? verdict : `${verdict} at ${destination} from ${source}`;
}
