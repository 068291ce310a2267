import type { ProtocolName } from '../../netaddr/protocol.ts';
import type { ResolvedServicePort } from '../../service/resolve-family.ts';
import type { ServicePort } from '../../service/service-port.ts';
import { originOf } from '../shared/origin-of.ts';
import type { IpvsContext } from './context.ts';
import { addressEntry } from './entry.ts';
import type { Fragment, KeyedEntry } from './fragment.ts';
import type { SetKey } from './sets.ts';
import { virtualServer } from './virtual-server.ts';

interface NodePortSets {
  readonly all: SetKey;
  /** With policy Local, in addition. */
  readonly local: SetKey;
}

const sets: Readonly<Record<ProtocolName, NodePortSets>> = {
  tcp: { all: 'KUBE-NODE-PORT-TCP', local: 'KUBE-NODE-PORT-LOCAL-TCP' },
  udp: { all: 'KUBE-NODE-PORT-UDP', local: 'KUBE-NODE-PORT-LOCAL-UDP' },
  sctp: { all: 'KUBE-NODE-PORT-SCTP-HASH', local: 'KUBE-NODE-PORT-LOCAL-SCTP-HASH' },
};

/** The node port and the health-check node port. Without an address to serve them on, kube-proxy makes neither. */
export function nodePortParts(
  resolved: ResolvedServicePort,
  context: IpvsContext,
): Partial<Fragment> {
  const { servicePort } = resolved;
  const { nodePort, externalPolicyLocal: isLocal } = servicePort;
  if (nodePort === 0) return { entries: healthCheckEntries(servicePort) };
  if (context.nodePortIPs.length === 0) return {};
  const { all, local } = sets[servicePort.protocol];
  const addresses = context.nodePortIPs.map((ip) => ({ ip, port: nodePort, reason: 'node port' }));
  const entriesOf = (set: SetKey): KeyedEntry[] =>
    servicePort.protocol === 'sctp'
      ? addresses.map((address) => addressEntry(set, servicePort, address))
      : [portEntry(set, servicePort, nodePort)];
  return {
    entries: [
      ...entriesOf(all),
      ...(isLocal ? entriesOf(local) : []),
      ...healthCheckEntries(servicePort),
    ],
    virtualServers: addresses.map((address) =>
      virtualServer(resolved, context, { ...address, isLocal }),
    ),
  };
}

function portEntry(set: SetKey, servicePort: ServicePort, port: number): KeyedEntry {
  return { set, entry: { kind: 'bitmap:port', port }, origin: originOf(servicePort, 'node port') };
}

function healthCheckEntries(servicePort: ServicePort): KeyedEntry[] {
  const { healthCheckNodePort: port } = servicePort;
  if (port === 0) return [];
  const origin = originOf(servicePort, 'health check node port');
  return [{ set: 'KUBE-HEALTH-CHECK-NODE-PORT', entry: { kind: 'bitmap:port', port }, origin }];
}
