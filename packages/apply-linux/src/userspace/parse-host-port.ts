export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** Reads `10.244.1.5:8080` or `[fd00::5]:8080`: what Go's `net.JoinHostPort` makes. */
export function parseHostPort(text: string): HostPort {
  const colon = text.lastIndexOf(':');
  return {
    host: text.slice(0, colon).replace(/^\[|\]$/g, ''),
    port: Number(text.slice(colon + 1)),
  };
}

/** The other way round. */
export function joinHostPort({ host, port }: HostPort): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
