import { isIP } from 'node:net';
import { UsageError } from '../usage-error.ts';

/** Where the packet goes: an address with a port, or a Service by name. */
export type TraceTarget =
  | { readonly address: string; readonly port: number; readonly protocol: string }
  | {
      /** `namespace/name` or `name`, as it was given. */
      readonly service: string;
      /** The name or number of its port. */
      readonly port: string | undefined;
      readonly protocol: string | undefined;
    };

const forms = 'give ADDRESS:PORT, such as 10.96.0.10:53/udp, or a Service, such as prod/web:http';

/**
 * `--to`: `ADDRESS:PORT` or `NAMESPACE/NAME[:PORT]`, each with `/udp` or `/sctp` behind it for another protocol than TCP.
 *
 * @throws {UsageError} for anything else.
 */
export function parseTarget(text: string): TraceTarget {
  const [, rest = text.trim(), protocol] =
    /^(.+[:/].*)\/(tcp|udp|sctp)$/i.exec(text.trim())?.map((part) => part.toLowerCase()) ?? [];
  const address = parseAddress(rest);
  if (address) return { ...address, port: portOf(address.port, text), protocol: protocol ?? 'tcp' };
  const [, service, port] = serviceName.exec(rest) ?? [];
  if (service !== undefined) return { service, port, protocol };
  throw new UsageError(`--to ${text}: ${whyNot(rest)}`);
}

function parseAddress(
  text: string,
): { readonly address: string; readonly port: string } | undefined {
  const [, bracketed, plain, port = ''] = /^(?:\[([^%]*)\]|([\d.]+)):(\d+)$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? '';
  return isIP(address) === 0 ? undefined : { address, port };
}

const serviceName = /^((?:[a-z0-9-]+\/)?[a-z][a-z0-9-]*)(?::([a-z0-9-]+))?$/;

function portOf(digits: string, text: string): number {
  const port = Number(digits);
  if (port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--to ${text}: ${digits} is no port; they go from 1 to 65535`);
}

function whyNot(rest: string): string {
  if (isIP(rest) === 4) return `the port is missing; did you mean ${rest}:80?`;
  const [, protocol] = /:\d+\/(.*)$/.exec(rest) ?? [];
  if (protocol !== undefined) return `${protocol} is no protocol; they are tcp, udp and sctp`;
  if (isIP(rest.replace(/%.*/, '')) === 6)
    return 'an IPv6 address stands in brackets, with the port behind them: [fd00::10]:80';
  return `no address with a port; ${forms}`;
}
