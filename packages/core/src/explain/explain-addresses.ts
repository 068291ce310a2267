import { resolveNodePortAddresses } from '../service/node-port-addresses.ts';
import { resolveNodePortIPs } from '../service/node-port-ips.ts';
import { withPrimaryAddresses } from '../service/with-primary-addresses.ts';
import type { Family } from '../netaddr/family.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { explainClient } from './explain-client.ts';
import type { AddressExplanation, AddressKind, Client, ExplainedMode } from './explanation.ts';
import type { Situation } from './situation.ts';

const clients: readonly Client[] = ['pod', 'node', 'outside'];

type Address = Omit<AddressExplanation, 'clients'>;

/** Every address and port that lead to a service port on the snapshot's node, and what becomes of their clients. */
export function explainAddresses(snapshot: Snapshot, situation: Situation): AddressExplanation[] {
  return addressesOf(snapshot, situation).map((address) => ({
    ...address,
    clients: clients.map((client) => explainClient(situation, { client, kind: address.kind })),
  }));
}

function addressesOf(snapshot: Snapshot, situation: Situation): Address[] {
  const { servicePort, endpoints, mode } = situation;
  const { clusterIP, port, nodePort, loadBalancerSourceRanges } = servicePort;
  const at = (kind: AddressKind) => (ip: string) => ({ kind, ip, port });
  // In iptables mode, what refuses a Service without endpoints comes before its source ranges.
  const isRestricted =
    loadBalancerSourceRanges.length > 0 && (mode !== 'iptables' || endpoints.hasAny);
  const sourceRanges = isRestricted ? { sourceRanges: loadBalancerSourceRanges } : {};
  return [
    at('cluster IP')(clusterIP),
    ...servicePort.externalIPs.map(at('external IP')),
    ...servicePort.loadBalancerVIPs
      .map(at('load balancer IP'))
      .map((address) => ({ ...address, ...sourceRanges })),
    ...(nodePort === 0
      ? []
      : [
          {
            kind: 'node port' as const,
            port: nodePort,
            ...nodeAddressesFor(snapshot, mode, servicePort.family),
            takesLocalhost: takesLocalhost(snapshot, mode, servicePort.family),
          },
        ]),
  ];
}

/** On which addresses a node takes node ports; nothing if on every one. */
export function nodeAddressesFor(
  snapshot: Snapshot,
  mode: ExplainedMode,
  family: Family,
): Pick<AddressExplanation, 'nodeAddresses'> {
  const seen = mode === 'nftables' ? withPrimaryAddresses(snapshot) : snapshot;
  const wanted = resolveNodePortAddresses(seen, family);
  if (mode === 'ipvs') return { nodeAddresses: resolveNodePortIPs(snapshot, family, wanted) };
  if (wanted.matchAll) return {};
  const taken = wanted.addresses.filter(({ isLoopback }) => !isLoopback || mode === 'iptables');
  return { nodeAddresses: taken.map(({ ip }) => ip) };
}

function takesLocalhost(snapshot: Snapshot, mode: ExplainedMode, family: Family): boolean {
  if (mode !== 'iptables' || family === 'IPv6') return false;
  const { containsLoopback } = resolveNodePortAddresses(snapshot, family);
  return snapshot.config.iptables.localhostNodePorts && containsLoopback;
}
