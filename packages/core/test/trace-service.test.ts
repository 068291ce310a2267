import { arbitraryCluster, printCluster } from '@kube-rules/fixtures';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compile,
  explainService,
  parseSnapshot,
  type AddressExplanation,
  type Client,
  type ClientExplanation,
  type Packet,
  type PortExplanation,
  type Snapshot,
} from '../src/index.ts';
import { containsIP, parseCIDR } from '../src/netaddr/cidr.ts';
import { familyOfIP, isLoopback, parseIP } from '../src/netaddr/ip.ts';
import { traceEnvironmentOf } from '../src/trace-environment.ts';
import { prepareTrace } from '../src/trace.ts';
import type { TraceOutcome } from '../src/trace/outcome.ts';
import { tracePacket } from '../src/trace/trace-packet.ts';

/** A pod of the node, the node itself, and somebody outside; none is an endpoint. */
function packetFrom(
  snapshot: Snapshot,
  { family }: PortExplanation,
  client: Client,
): Partial<Packet> {
  if (client === 'node') return { source: 'node' };
  const isIPv4 = family === 'IPv4';
  if (client === 'outside') return { source: isIPv4 ? '8.8.8.8' : '2600::1', inInterface: 'eth0' };
  const node = snapshot.nodes.find(({ metadata }) => metadata.name === snapshot.nodeName);
  const cidr = node?.spec?.podCIDRs?.find((one) => one.includes(':') !== isIPv4) ?? '';
  const source = cidr.replace(/\.0\/\d+$/, '.251').replace(/::\/\d+$/, '::fb');
  const { bridgeInterface } = snapshot.config.detectLocal;
  return { source, inInterface: bridgeInterface === '' ? 'cni0' : bridgeInterface };
}

interface Call {
  readonly port: PortExplanation;
  readonly address: AddressExplanation;
  readonly client: ClientExplanation;
  /** The node's own addresses. */
  readonly own: readonly string[];
}

/** What a client meets by what Kubernetes means, whatever the rules: a line for each endpoint that it may get. */
function expectedOf(call: Call, source: string): readonly string[] {
  const { port, address, client } = call;
  if (isOutOfRange(address, source)) return ['1 dropped'];
  const { outcome, endpoints: policy } = client;
  if (outcome !== 'delivered' || policy === undefined) return [`1 ${outcome}`];
  return port.endpoints
    .flatMap(({ address: endpoint, [policy]: use }) =>
      use === undefined || use.share === 0
        ? []
        : [`${share(use.share)} ${endpoint} ${isKept(endpoint, call) ? 'kept' : 'masqueraded'}`],
    )
    .toSorted();
}

function isOwn(endpoint: string, own: readonly string[]): boolean {
  return own.includes(endpoint.slice(0, endpoint.lastIndexOf(':')).replaceAll(/[[\]]/g, ''));
}

/** What a process of the node gets meets no POSTROUTING, whatever its mark. */
function isKept(endpoint: string, { client, own }: Call): boolean {
  return isOwn(endpoint, own) || (client.keepsSource ?? false);
}

function isOutOfRange({ sourceRanges }: AddressExplanation, source: string): boolean {
  const ip = parseIP(source);
  if (!sourceRanges || !ip) return false;
  const ranges = sourceRanges.map(parseCIDR).filter((range) => range !== undefined);
  return !ranges.some((range) => containsIP(range, ip));
}

const words: Readonly<Record<string, string>> = {
  rejected: 'refused',
  dropped: 'dropped',
  accepted: 'lost',
};

function tracedOf(outcomes: readonly TraceOutcome[]): readonly string[] {
  return outcomes
    .map(({ verdict, destination, masqueraded, probability }) =>
      verdict === 'delivered'
        ? `${share(probability)} ${destination} ${masqueraded ? 'masqueraded' : 'kept'}`
        : `${share(probability)} ${words[verdict] ?? verdict}`,
    )
    .toSorted();
}

function share(part: number): number {
  return Number(part.toFixed(6));
}

/** The node's own addresses of a family, but for loopback. */
function ownAddresses(snapshot: Snapshot, family: 'IPv4' | 'IPv6'): string[] {
  const cidrs = (traceEnvironmentOf(snapshot).interfaces ?? []).flatMap((one) => one.addresses);
  return cidrs
    .map((cidr) => cidr.slice(0, cidr.indexOf('/')))
    .filter((ip) => familyOfIP(ip) === family && !isLoopback(parseIP(ip) ?? []));
}

function callsOf(snapshot: Snapshot): Call[] {
  return snapshot.services.flatMap(({ metadata }) => {
    const name = `${metadata.namespace}/${metadata.name}`;
    const explained = explainService(snapshot, name, { mode: 'iptables', release: '1.36' });
    const ports = 'ports' in explained ? explained.ports : [];
    return ports.flatMap((port) => {
      const own = ownAddresses(snapshot, port.family);
      return port.addresses.flatMap((address) =>
        address.clients.map((client) => ({ port, address, client, own })),
      );
    });
  });
}

/** Where a call goes: to a node port at the first of the node's own addresses that takes it. */
function destinationOf({ address: { ip, nodeAddresses }, own }: Call): string | undefined {
  return ip ?? own.find((one) => !nodeAddresses || nodeAddresses.includes(one));
}

/**
 * What does not follow from the Service: a node whose address is not known, whether source ranges hold it, and
 * what it sends to itself, which meets the rules of INPUT as well and may be hairpin traffic.
 */
function isUntold(
  { port, address, client, own }: Call,
  { snapshot, destination }: { readonly snapshot: Snapshot; readonly destination: string },
): boolean {
  if (client.client !== 'node') return false;
  if (traceEnvironmentOf(snapshot).nodeIPs?.[port.family] === undefined) return true;
  const isForItself = port.endpoints.some((one) => isOwn(one.address, own));
  return isForItself || own.includes(destination) || address.sourceRanges !== undefined;
}

const clusters = arbitraryCluster({ mode: 'iptables', sharedAddresses: false }).map(
  (cluster) => parseSnapshot(printCluster(cluster)).snapshot,
);

test('iptables mode does with every call what Kubernetes means', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(clusters, (snapshot) => {
      // By which interface a pod comes in is no matter of Services.
      fc.pre(snapshot.config.detectLocal.interfaceNamePrefix === '');
      const traceable = prepareTrace(compile(snapshot, 'iptables'), traceEnvironmentOf(snapshot));
      for (const call of callsOf(snapshot)) {
        const { port, address, client } = call;
        const destination = destinationOf(call);
        if (destination === undefined) continue;
        if (isUntold(call, { snapshot, destination })) continue;
        const from = packetFrom(snapshot, port, client.client);
        if (from.source === '') continue;
        const packet: Packet = {
          source: '',
          ...from,
          destination,
          destinationPort: address.port,
          protocol: port.protocol,
        };
        const expected = expectedOf(call, from.source ?? '');
        const traced = tracedOf(tracePacket(traceable, packet).outcomes);
        const about = { packet, kind: address.kind, why: client.why };
        expect({ ...about, traced }).toEqual({ ...about, traced: expected });
        seen.set(client.outcome, (seen.get(client.outcome) ?? 0) + 1);
      }
    }),
    { numRuns: 60 },
  );
  for (const outcome of ['delivered', 'refused', 'dropped'])
    expect(seen.get(outcome)).toBeGreaterThan(20);
});
