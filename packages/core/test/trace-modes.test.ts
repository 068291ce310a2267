import { arbitraryCluster, printCluster } from '@kube-rules/fixtures';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compile,
  parseSnapshot,
  type CompileOptions,
  type Mode,
  type Snapshot,
} from '../src/index.ts';
import { nodeIPsOf } from '../src/service/node-ip.ts';
import { printIP } from '../src/netaddr/print-ip.ts';
import { familyOfIP, isLoopback } from '../src/netaddr/ip.ts';
import { traceEnvironmentOf } from '../src/trace-environment.ts';
import { prepareTrace } from '../src/trace.ts';
import { tracePacket } from '../src/trace/trace-packet.ts';
import type { TraceOutcome } from '../src/trace/outcome.ts';
import type { Packet } from '../src/trace/walk/packet.ts';

/** Pods of this node and of another, the node itself, and clients within and without source ranges; none is an endpoint. */
const sources: Readonly<Record<'IPv4' | 'IPv6', readonly Partial<Packet>[]>> = {
  IPv4: [
    { source: '10.244.1.251', inInterface: 'cni0' },
    { source: '10.244.2.251', inInterface: 'eth0' },
    { source: 'node' },
    { source: '198.18.0.9', inInterface: 'eth0' },
    { source: '8.8.8.8', inInterface: 'eth0' },
  ],
  IPv6: [
    { source: 'fd00:10:244:1::fb', inInterface: 'cni0' },
    { source: 'fd00:10:244:2::fb', inInterface: 'eth0' },
    { source: 'node' },
    { source: '2001:db8:9::9', inInterface: 'eth0' },
    { source: '2600::1', inInterface: 'eth0' },
  ],
};

type Target = Pick<Packet, 'destination' | 'destinationPort' | 'protocol'>;

function ownAddresses(snapshot: Snapshot): string[] {
  const known = Object.values(nodeIPsOf(snapshot)).filter((ip) => !isLoopback(ip));
  return known.map(printIP);
}

/** Every address and port of a Service, and node ports at the node's own address. */
function targetsOf(snapshot: Snapshot): Target[] {
  const own = ownAddresses(snapshot);
  return snapshot.services.flatMap(({ spec, status }) => {
    const ingress = status?.loadBalancer?.ingress ?? [];
    const addresses = [
      ...(spec.clusterIPs ?? [spec.clusterIP]),
      ...(spec.externalIPs ?? []),
      ...ingress.map(({ ip }) => ip),
    ].filter((address): address is string => familyOfIP(address ?? '') !== undefined);
    return (spec.ports ?? []).flatMap(({ port, nodePort, protocol }) => [
      ...addresses.map((destination) => ({ destination, destinationPort: port, protocol })),
      ...own
        .filter(() => nodePort !== undefined && nodePort !== 0)
        .map((destination) => ({ destination, destinationPort: nodePort ?? 0, protocol })),
    ]);
  });
}

function packetsOf(snapshot: Snapshot): Packet[] {
  return targetsOf(snapshot).flatMap((target) => {
    const family = familyOfIP(target.destination) ?? 'IPv4';
    const isHere = ownAddresses(snapshot).includes(target.destination);
    return sources[family].map((source) => ({
      source: isHere && source.source === 'node' ? target.destination : '',
      ...target,
      ...source,
    }));
  });
}

type Fate = Pick<TraceOutcome, 'verdict' | 'destination' | 'source' | 'masqueraded' | 'with'>;

interface Compiled {
  readonly mode: Mode;
  readonly options?: CompileOptions;
}

/** What becomes of packets, without the ways that lead there. */
function tracer(snapshot: Snapshot, { mode, options }: Compiled): (packet: Packet) => Fate[] {
  const traceable = prepareTrace(compile(snapshot, mode, options), traceEnvironmentOf(snapshot));
  return (packet) => {
    const { outcomes } = tracePacket(traceable, packet);
    expect(outcomes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
    return outcomes.map(({ path: _path, to: _to, probability, ...fate }) => ({
      ...fate,
      share: Math.round(probability * 1e6),
    }));
  };
}

const clusters = arbitraryCluster({ mode: 'nftables', sharedAddresses: false }).map(
  (cluster) => parseSnapshot(printCluster(cluster)).snapshot,
);

function verdicts(fates: readonly Fate[]): string {
  return [...new Set(fates.map(({ verdict }) => verdict))].join();
}

test('both layouts of nftables mode treat every packet alike, with the same probabilities', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(clusters, (snapshot) => {
      const kubeProxy = tracer(snapshot, { mode: 'nftables' });
      const fast = tracer(snapshot, { mode: 'nftables', options: { layout: 'fast' } });
      for (const packet of packetsOf(snapshot)) {
        const fates = kubeProxy(packet);
        expect({ packet, fates: fast(packet) }).toEqual({ packet, fates });
        const key = verdicts(fates);
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }
    }),
    { numRuns: 40 },
  );
  expect([...seen.keys()]).toEqual(
    expect.arrayContaining(['delivered', 'rejected', 'dropped', 'accepted']),
  );
});

/** A node that is an endpoint itself is masqueraded in nftables mode only if the endpoint is known to be on it. */
function callsItself(packet: Packet, fates: readonly Fate[], snapshot: Snapshot): boolean {
  const own = ownAddresses(snapshot);
  return (
    packet.source === 'node' &&
    fates.some(({ destination }) => own.some((ip) => destination.includes(ip)))
  );
}

/** What is known to change from iptables to nftables mode, of packets as they are tried here. */
function isDocumented(
  packet: Packet,
  iptables: readonly Fate[],
  nftables: readonly Fate[],
): boolean {
  const change = `${verdicts(iptables)} → ${verdicts(nftables)}`;
  // Without endpoints, the node's own calls to external addresses are refused, no longer sent on.
  if (packet.source === 'node' && change === 'accepted → rejected') return true;
  // Source ranges hold for Services without endpoints, too.
  return change === 'rejected → dropped' || change === 'accepted → dropped';
}

/** Else iptables mode refuses node ports at addresses at which nftables mode does not know them. */
function takesNodePortsAtItsAddress({ config }: Snapshot): boolean {
  const isAnyAddress = ['', '0.0.0.0', '::'].includes(config.bindAddress);
  return isAnyAddress && config.nodePortAddresses.length === 0;
}

/**
 * Where an endpoint's address is also an external IP of a Service without endpoints, nftables mode refuses
 * what iptables mode accepts, as masqueraded, before it asks.
 */
function hasEndpointsAtServices({ services, endpointSlices }: Snapshot): boolean {
  const external = new Set(services.flatMap(({ spec }) => spec.externalIPs ?? []));
  return endpointSlices.some(({ endpoints }) =>
    endpoints.some(({ addresses }) => addresses.some((address) => external.has(address))),
  );
}

/** Each mode has settings of its own for the same. */
function withSettings(snapshot: Snapshot): Snapshot {
  const { config } = snapshot;
  const { masqueradeAll } = config.nftables;
  return { ...snapshot, config: { ...config, iptables: { ...config.iptables, masqueradeAll } } };
}

test('iptables mode and nftables mode treat packets alike, but for what is known to differ', () => {
  let alike = 0;
  fc.assert(
    fc.property(clusters, (snapshot) => {
      fc.pre(takesNodePortsAtItsAddress(snapshot) && !hasEndpointsAtServices(snapshot));
      const iptables = tracer(withSettings(snapshot), { mode: 'iptables' });
      const nftables = tracer(snapshot, { mode: 'nftables' });
      for (const packet of packetsOf(snapshot)) {
        const [old, now] = [iptables(packet), nftables(packet)];
        if (isDocumented(packet, old, now) || callsItself(packet, old, snapshot)) continue;
        expect({ packet, fates: now }).toEqual({ packet, fates: old });
        alike += 1;
      }
    }),
    { numRuns: 60 },
  );
  expect(alike).toBeGreaterThan(500);
});
