import { parseHostPort } from '../ruleset/ipvs/address.ts';
import { parseRange } from '../ruleset/nftables/normalize-range.ts';
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

function readEndpoints(text: string, port: number | undefined): Endpoint[] | undefined {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  const hasColons = (text.match(/:/g)?.length ?? 0) > 1;
  const plain = bracketed || hasColons ? undefined : parseHostPort(text.replace(/-[^:]*/, ''));
  const host = bracketed?.[1] ?? (plain ? text.split(':')[0] : hasColons ? text : undefined);
  const ports = (bracketed?.[2] ?? (plain ? text.split(':')[1] : undefined))?.replace(/\/.*$/, '');
  const addresses = host === undefined || host === '' ? undefined : rangeOf(host);
  const numbers = ports === undefined ? [port] : numbersOf(ports);
  if (!addresses || !numbers || addresses.length * numbers.length > most) return undefined;
  return addresses.flatMap((address) =>
    numbers.flatMap((number) => endpointOf(address, number) ?? []),
  );
}

function numbersOf(text: string): number[] | undefined {
  const [first = Number.NaN, last = first] = text.split('-').map(Number);
  if (!Number.isInteger(first) || !Number.isInteger(last) || last - first >= most) return undefined;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** The addresses of `first-last`, or of one. */
function rangeOf(text: string): string[] | undefined {
  const range = parseRange(text);
  if (!range || range.bytes === 0 || range.last - range.first >= BigInt(most)) return undefined;
  const bytes = range.bytes;
  const count = Number(range.last - range.first) + 1;
  return Array.from({ length: count }, (_, index) => {
    const value = range.first + BigInt(index);
    const parts = Array.from({ length: bytes }, (_part, at) =>
      Number((value >> BigInt((bytes - 1 - at) * 8)) & 255n),
    );
    return bytes === 4
      ? parts.join('.')
      : Array.from({ length: 8 }, (_group, at) =>
          (((parts[at * 2] ?? 0) << 8) | (parts[at * 2 + 1] ?? 0)).toString(16),
        ).join(':');
  });
}
