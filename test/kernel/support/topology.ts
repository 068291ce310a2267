export const NODES = ['node1', 'node2'] as const;
export const PODS = ['p1', 'p2', 'p3', 'q1', 'q2', 'q3'] as const;
export const HOSTS = ['lan', 'ext', ...NODES, ...PODS] as const;

export type NodeName = (typeof NODES)[number];
export type PodName = (typeof PODS)[number];
export type HostName = (typeof HOSTS)[number];

export type IPFamily = 'IPv4' | 'IPv6';

/** A network interface: its link-layer address and its addresses with prefix lengths. */
export interface Interface {
  readonly mac: string;
  readonly addresses: readonly [ipv4: string, ipv6: string, ...others: string[]];
}

/** The second addresses of the client outside. */
export const OTHER_CLIENT: Readonly<Record<IPFamily, string>> = {
  IPv4: '192.0.2.200',
  IPv6: '2001:db8:1::200',
};

/** The interfaces in the network between the nodes; `lan` is the router, which swallows what it gets. */
export const LAN: Readonly<Record<'lan' | 'ext' | NodeName, Interface>> = {
  lan: lanInterface(1),
  node1: lanInterface(11, 'fe80::11/64'),
  node2: lanInterface(12, 'fe80::12/64'),
  ext: lanInterface(100, `${OTHER_CLIENT.IPv4}/24`, `${OTHER_CLIENT.IPv6}/64`),
};

/** The node's end of its pod network. */
export const BRIDGES: Readonly<Record<NodeName, Interface>> = {
  node1: podInterface(1, 1, 'fe80::1/64'),
  node2: podInterface(2, 1, 'fe80::1/64'),
};

export const POD_INTERFACES: Readonly<Record<PodName, Interface>> = {
  p1: podInterface(1, 11),
  p2: podInterface(1, 12),
  p3: podInterface(1, 13),
  q1: podInterface(2, 11),
  q2: podInterface(2, 12),
  q3: podInterface(2, 13),
};

export const NODE_OF_POD: Readonly<Record<PodName, NodeName>> = {
  p1: 'node1',
  p2: 'node1',
  p3: 'node1',
  q1: 'node2',
  q2: 'node2',
  q3: 'node2',
};

export const POD_NETWORKS: Readonly<Record<NodeName, readonly string[]>> = {
  node1: ['10.244.1.0/24', 'fd00:10:244:1::/64'],
  node2: ['10.244.2.0/24', 'fd00:10:244:2::/64'],
};

/** Cluster IPs, load balancer IPs and external IPs, which the other hosts send to node1. */
export const SERVICE_NETWORKS: readonly string[] = [
  '10.96.0.0/16',
  '203.0.113.0/24',
  '198.51.100.0/24',
  'fd00:10:96::/112',
  '2001:db8:5::/64',
  '2001:db8:7::/64',
];

export const POD_PORTS: readonly number[] = [8080, 9090, 53];

/** The nodes' own servers; 3200x stand for kube-proxy's health check servers. */
export const NODE_PORTS: readonly number[] = [
  10250,
  ...Array.from({ length: 8 }, (_, index) => 32000 + index),
];

/** The addresses of an interface without prefix lengths. */
export function bareAddresses({ addresses }: Interface): readonly string[] {
  return addresses.map(withoutPrefixLength);
}

/** The first address of each family without its prefix length. */
export function primaryAddresses({ addresses }: Interface): Readonly<Record<IPFamily, string>> {
  const [ipv4, ipv6] = addresses;
  return { IPv4: withoutPrefixLength(ipv4), IPv6: withoutPrefixLength(ipv6) };
}

function withoutPrefixLength(address: string): string {
  return address.replace(/\/.*$/, '');
}

function lanInterface(host: number, ...others: string[]): Interface {
  return {
    mac: macAddress(0, host),
    addresses: [`192.0.2.${host}/24`, `2001:db8:1::${host}/64`, ...others],
  };
}

function podInterface(network: number, host: number, ...others: string[]): Interface {
  return {
    mac: macAddress(network, host),
    addresses: [`10.244.${network}.${host}/24`, `fd00:10:244:${network}::${host}/64`, ...others],
  };
}

function macAddress(network: number, host: number): string {
  return `02:00:00:00:0${network}:${host.toString(16).padStart(2, '0')}`;
}
