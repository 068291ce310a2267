import type { IPBytes } from '../../netaddr/ip.ts';
import { printIP } from '../../netaddr/print-ip.ts';
import { parseRange, toBytes } from '../../ruleset/nftables/normalize-range.ts';
import { accepted, takeChance, type Branch, type Passed } from './branch.ts';
import { addressToward, interfaceOfOwn } from './environment.ts';
import { endpointOf, printEndpoint, translateDestination, type Endpoint } from './packet.ts';
import { changeSource } from './translate.ts';
import { changeAt, unknownAt, type Walk } from './walk.ts';

/** Ranges of more addresses and ports than these are not followed one by one. */
const most = 256;

/** NAT to `ip`, `ip:port`, `[ip]:port` or a range of either, of which one is taken with equal chances. */
export function spreadOver(
  branch: Branch,
  text: string,
  side: 'source' | 'destination' = 'destination',
): readonly Passed[] {
  const endpoints = readEndpoints(text, branch.packet[side].port);
  if (!endpoints) return [unknownAt(branch, text)];
  const probability = 1 / endpoints.length;
  return endpoints.map((endpoint) => {
    const chosen = takeChance(branch, probability);
    const changed =
      side === 'source' ? changeSource(chosen, endpoint) : changeDestination(chosen, endpoint);
    return { end: accepted, branch: changed };
  });
}

export function changeDestination(branch: Branch, destination: Endpoint): Branch {
  const packet = translateDestination(branch.packet, destination);
  return changeAt(branch, packet, { destination: printEndpoint(destination) });
}

/** NAT to the node itself: to the interface where the packet came in, or to loopback for its own. */
export function redirect(
  branch: Branch,
  ports: string | undefined,
  { network }: Walk,
): readonly Passed[] {
  const { packet } = branch;
  const first = ports === undefined ? packet.destination.port : Number(ports.split('-')[0]);
  const loopback = packet.family === 'IPv4' ? '127.0.0.1' : '::1';
  const toward = addressToward(network, packet.source);
  const own = toward && interfaceOfOwn(network, toward) === packet.inInterface ? toward : undefined;
  const address = packet.isFromNode ? loopback : own?.text;
  const destination = address === undefined ? undefined : endpointOf(address, first);
  if (!destination || Number.isNaN(first)) return [unknownAt(branch, 'redirect')];
  return [{ end: accepted, branch: changeDestination(branch, destination) }];
}

interface Written {
  readonly host: string;
  readonly ports: string | undefined;
}

/** Splits `HOST`, `HOST:PORTS` or `[HOST]:PORTS`, where both may be ranges. */
function splitTarget(text: string): Written | undefined {
  const bracketed = /^\[([^\]]+)\](?::([\d-]+))?/.exec(text);
  if (bracketed) return { host: bracketed[1] ?? '', ports: bracketed[2] };
  const isIPv6 = (text.match(/:/g)?.length ?? 0) > 1;
  if (isIPv6) return { host: text, ports: undefined };
  const plain = /^([\d.-]+)(?::([\d-]+))?/.exec(text);
  return plain ? { host: plain[1] ?? '', ports: plain[2] } : undefined;
}

function readEndpoints(text: string, port: number | undefined): Endpoint[] | undefined {
  const written = splitTarget(text);
  const addresses = written && addressesOf(written.host);
  const ports = written?.ports === undefined ? [port] : numbersOf(written.ports);
  if (!addresses || !ports || addresses.length * ports.length > most) return undefined;
  return addresses.flatMap((ip) =>
    ports.map((number) => ({ ip, text: printIP(ip), port: number })),
  );
}

function numbersOf(text: string): number[] | undefined {
  const [first = Number.NaN, last = first] = text.split('-').map(Number);
  if (!Number.isInteger(first) || !Number.isInteger(last) || last - first >= most) return undefined;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** The addresses of `FIRST-LAST`, or of one. */
function addressesOf(text: string): IPBytes[] | undefined {
  const range = parseRange(text);
  if (!range || range.bytes === 0 || range.last - range.first >= BigInt(most)) return undefined;
  const { first, last, bytes } = range;
  return Array.from({ length: Number(last - first) + 1 }, (_, index) =>
    toBytes(first + BigInt(index), bytes),
  );
}
