import type { Outcome, Probe } from './probe.ts';
import { BRIDGES, LAN, OTHER_CLIENT, POD_INTERFACES, primaryAddresses } from './topology.ts';
import type { IPFamily, Interface, PodName } from './topology.ts';

export type Target = Pick<Probe, 'protocol' | 'address' | 'port'>;

/** Names for the addresses of one family and protocol, so that what a client must see is written once for all four. */
export interface PacketWords {
  readonly client: string;
  readonly otherClient: string;
  readonly node1: string;
  readonly bridge1: string;
  readonly loadBalancerIP: Target;
  readonly pod: (name: PodName) => string;
  readonly clusterIP: (service: ServiceName) => Target;
  /** A service's node port at node1. */
  readonly nodePort: (service: keyof typeof NODE_PORTS) => Target;
  /** The same node port at the loopback address. */
  readonly loopback: (service: keyof typeof NODE_PORTS) => Target;
  /** An answer of the pod, which saw the connection come from `source`. */
  readonly answer: (name: PodName, source: string) => Outcome;
}

/** The services of packets.yaml in the order of their cluster IPs. */
const SERVICES = ['web', 'own', 'sticky', 'open', 'local', 'away', 'empty', 'guarded'] as const;

type ServiceName = (typeof SERVICES)[number];

const FIRST_CLUSTER_IP = 10;

const NODE_PORTS = {
  open: { tcp: 30080, udp: 30081 },
  local: { tcp: 30180, udp: 30181 },
  away: { tcp: 30280, udp: 30281 },
  empty: { tcp: 30380, udp: 30381 },
} as const;

const SERVICE_PORTS = { tcp: 80, udp: 53 } as const;
const POD_PORTS = { tcp: 8080, udp: 53 } as const;

const LOOPBACK = { IPv4: '127.0.0.1', IPv6: '::1' } as const;

const SERVICE_ADDRESSES = {
  IPv4: { clusterIPs: '10.96.0.', loadBalancerIP: '203.0.113.10' },
  IPv6: { clusterIPs: 'fd00:10:96::', loadBalancerIP: '2001:db8:5::10' },
} as const;

export function packetWords(family: IPFamily, protocol: Probe['protocol']): PacketWords {
  const addressOf = (one: Interface): string => primaryAddresses(one)[family];
  const { clusterIPs, loadBalancerIP } = SERVICE_ADDRESSES[family];
  const pod = (name: PodName): string => addressOf(POD_INTERFACES[name]);
  const node1 = addressOf(LAN.node1);
  return {
    client: addressOf(LAN.ext),
    otherClient: OTHER_CLIENT[family],
    node1,
    bridge1: addressOf(BRIDGES.node1),
    loadBalancerIP: { protocol, address: loadBalancerIP, port: SERVICE_PORTS[protocol] },
    pod,
    clusterIP: (service) => ({
      protocol,
      address: `${clusterIPs}${FIRST_CLUSTER_IP + SERVICES.indexOf(service)}`,
      port: SERVICE_PORTS[protocol],
    }),
    nodePort: (service) => ({ protocol, address: node1, port: NODE_PORTS[service][protocol] }),
    loopback: (service) => ({
      protocol,
      address: LOOPBACK[family],
      port: NODE_PORTS[service][protocol],
    }),
    answer: (name, source) => ({
      verdict: 'delivered',
      destination: printEnd(pod(name), POD_PORTS[protocol]),
      source,
    }),
  };
}

function printEnd(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
