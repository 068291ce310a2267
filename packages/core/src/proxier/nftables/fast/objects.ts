import type { ProtocolName } from '../../../netaddr/protocol.ts';
import { objectName, type ObjectName } from '../../../ruleset/nftables/index.ts';
import { containers } from '../shared/objects.ts';

/** How traffic names a Service: by an address and port, or by a port of the node. */
export type Entrance = 'address' | 'nodePort';

/** The sets and maps of one transport protocol. */
interface ProtocolObjects {
  /** Where each slot of a list leads: the endpoints for policy Cluster, and all with affinity. */
  readonly endpoints: ObjectName;
  /** The same for the endpoints of this node, without affinity. */
  readonly localEndpoints: ObjectName;
  /** Which client used which slot. Packets fill it. */
  readonly affinity: ObjectName;
}

export interface EntranceObjects {
  /** Before the names of what is there for each entrance. */
  readonly prefix: '' | 'nodeport-';
  /** Where a connection looks first. */
  readonly services: ObjectName;
  /** Where it looks if it comes from outside, for policy Cluster. */
  readonly external: ObjectName;
  /** The same for policy Local. */
  readonly local: ObjectName;
  readonly externalChain: ObjectName;
  readonly externalLocalChain: ObjectName;
  readonly byProtocol: Readonly<Record<ProtocolName, ProtocolObjects>>;
}

export const protocolNames = ['tcp', 'udp', 'sctp'] as const satisfies readonly ProtocolName[];

export const entranceNames = ['address', 'nodePort'] as const satisfies readonly Entrance[];

export const entrances: Readonly<Record<Entrance, EntranceObjects>> = {
  address: {
    prefix: '',
    services: containers.serviceIPs,
    external: objectName('external-ips'),
    local: objectName('local-ips'),
    externalChain: objectName('external'),
    externalLocalChain: objectName('external-local'),
    byProtocol: byProtocol(''),
  },
  nodePort: {
    prefix: 'nodeport-',
    services: containers.serviceNodePorts,
    external: objectName('external-nodeports'),
    local: objectName('local-nodeports'),
    externalChain: objectName('external-nodeport'),
    externalLocalChain: objectName('external-local-nodeport'),
    byProtocol: byProtocol('nodeport-'),
  },
};

export const firewallSources = objectName('firewall-sources');

function byProtocol(prefix: EntranceObjects['prefix']): EntranceObjects['byProtocol'] {
  const objects = (protocol: ProtocolName): ProtocolObjects => ({
    endpoints: objectName(`${prefix}endpoints-${protocol}`),
    localEndpoints: objectName(`${prefix}local-endpoints-${protocol}`),
    affinity: objectName(`${prefix}affinity-${protocol}`),
  });
  return { tcp: objects('tcp'), udp: objects('udp'), sctp: objects('sctp') };
}
