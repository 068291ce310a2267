import {
  BRIDGES,
  LAN,
  NODES,
  NODE_OF_POD,
  PODS,
  POD_INTERFACES,
  POD_NETWORKS,
  SERVICE_NETWORKS,
  bareAddresses,
  primaryAddresses,
} from './topology.ts';
import type { HostName, Interface, NodeName, PodName } from './topology.ts';
import { hereDocument } from './namespace.ts';

type Pids = Readonly<Record<HostName, number>>;

// A new namespace takes some of these from the machine's own settings.
const SYSCTLS_OF_ALL: Readonly<Record<string, string>> = {
  'ipv6/conf/all/disable_ipv6': '0',
  'ipv6/conf/default/disable_ipv6': '0',
  // Without duplicate address detection an address is usable at once; without generated link-local ones each host has the addresses of its interface only.
  'ipv6/conf/default/accept_dad': '0',
  'ipv6/conf/default/addr_gen_mode': '1',
  'ipv6/conf/default/accept_ra': '0',
  'ipv4/conf/all/rp_filter': '0',
  'ipv4/conf/default/rp_filter': '0',
  'ipv4/conf/all/send_redirects': '0',
  'ipv4/conf/default/send_redirects': '0',
  'ipv4/conf/default/accept_redirects': '0',
  'ipv6/conf/default/accept_redirects': '0',
  // No kind of ICMP message is limited: a REJECT that stays silent looks like a DROP.
  'ipv4/icmp_ratelimit': '0',
  'ipv4/icmp_ratemask': '0',
  'ipv6/icmp/ratelimit': '0',
  'ipv6/icmp/ratemask': '0',
};

/** Sets a host's sysctls, before it has the links that take their own from them. */
export function sysctlScript(host: HostName): string {
  const sysctls = { ...SYSCTLS_OF_ALL, ...forwardingSysctls(isNode(host)), ...bridgeSysctls(host) };
  return Object.entries(sysctls)
    .map(([key, value]) => `echo ${value} >/proc/sys/net/${key}\n`)
    .join('');
}

/** Makes all links, each with both of its ends in place; for a namespace of the lab, so that the machine's own sees none of them. */
export function linksScript(pids: Pids): string {
  const lanPorts = [...NODES, 'ext' as const].map((host) =>
    veth(pids, { host, mac: LAN[host].mac, bridge: 'lan' }),
  );
  const podPorts = PODS.map((host) =>
    veth(pids, { host, mac: POD_INTERFACES[host].mac, bridge: NODE_OF_POD[host] }),
  );
  return ipBatch([...lanPorts, ...podPorts]);
}

/** Gives a host its bridge, addresses, routes and neighbours. */
export function configureScript(host: HostName): string {
  return ipBatch([
    'link set lo up',
    ...bridgeOf(host),
    ...portsOf(host),
    ...interfacesOf(host),
    ...routesOf(host),
    ...neighboursOf(host),
  ]);
}

function veth(pids: Pids, link: { host: HostName; mac: string; bridge: HostName }): string {
  return `link add eth0 netns ${pids[link.host]} address ${link.mac} type veth peer name v-${link.host} netns ${pids[link.bridge]}`;
}

// A node's bridge comes after its eth0: MASQUERADE towards lo takes the address of the interface with the lowest index.
function bridgeOf(host: HostName): readonly string[] {
  if (host === 'lan') return [`link add br0 address ${LAN.lan.mac} type bridge`];
  if (isNode(host)) return [`link add cni0 address ${BRIDGES[host].mac} type bridge`];
  return [];
}

function portsOf(host: HostName): readonly string[] {
  if (host === 'lan') {
    return [...NODES, 'ext'].map((port) => `link set v-${port} master br0 up`);
  }
  // A pod may reach itself through a service: the answer leaves by the port that the request came in by.
  return podsOf(host).flatMap((pod) => [
    `link set v-${pod} master cni0 up`,
    `link set v-${pod} type bridge_slave hairpin on`,
  ]);
}

function interfacesOf(host: HostName): readonly string[] {
  if (host === 'lan') return addressLines('br0', LAN.lan);
  if (host === 'ext') return addressLines('eth0', LAN.ext);
  if (isNode(host))
    return [...addressLines('eth0', LAN[host]), ...addressLines('cni0', BRIDGES[host])];
  return addressLines('eth0', POD_INTERFACES[host]);
}

function addressLines(device: string, { addresses }: Interface): readonly string[] {
  return [
    `link set ${device} up`,
    ...addresses.map(
      (address) => `addr add ${address} dev ${device}${address.includes(':') ? ' nodad' : ''}`,
    ),
  ];
}

// Nodes need a default route: without one, the routing decision refuses a cluster IP before OUTPUT and FORWARD see the packet.
// The router has one as well, into nothing: without it, it would answer that there is no route.
function routesOf(host: HostName): readonly string[] {
  if (host === 'lan') return ['route add blackhole ::/0'];
  if (host === 'ext') return [...defaultRoutes(LAN.lan), ...routesVia(LAN.node1, SERVICE_NETWORKS)];
  if (host === 'node1')
    return [...defaultRoutes(LAN.lan), ...routesVia(LAN.node2, POD_NETWORKS.node2)];
  if (host === 'node2') {
    return [
      ...defaultRoutes(LAN.lan),
      ...routesVia(LAN.node1, [...POD_NETWORKS.node1, ...SERVICE_NETWORKS]),
    ];
  }
  return defaultRoutes(BRIDGES[NODE_OF_POD[host]]);
}

function defaultRoutes(gateway: Interface): readonly string[] {
  return routesVia(gateway, ['0.0.0.0/0', '::/0']);
}

function routesVia(gateway: Interface, networks: readonly string[]): readonly string[] {
  const { IPv4, IPv6 } = primaryAddresses(gateway);
  return networks.map(
    (network) => `route add ${network} via ${network.includes(':') ? IPv6 : IPv4}`,
  );
}

// Permanent, because a host whose IPv6 neighbour is in doubt takes its default route instead.
function neighboursOf(host: HostName): readonly string[] {
  if (host === 'lan') return neighbourLines('br0', Object.values(LAN));
  if (host === 'ext') return neighbourLines('eth0', Object.values(LAN));
  if (isNode(host)) {
    const pods = podsOf(host).map((pod) => POD_INTERFACES[pod]);
    return [...neighbourLines('eth0', Object.values(LAN)), ...neighbourLines('cni0', pods)];
  }
  const node = NODE_OF_POD[host];
  return neighbourLines('eth0', [BRIDGES[node], ...podsOf(node).map((pod) => POD_INTERFACES[pod])]);
}

function neighbourLines(device: string, neighbours: readonly Interface[]): readonly string[] {
  return neighbours.flatMap((neighbour) =>
    bareAddresses(neighbour).map(
      (address) => `neigh replace ${address} lladdr ${neighbour.mac} dev ${device} nud permanent`,
    ),
  );
}

function forwardingSysctls(forwards: boolean): Record<string, string> {
  const value = forwards ? '1' : '0';
  return { 'ipv4/ip_forward': value, 'ipv6/conf/all/forwarding': value };
}

// In a node the answer of a pod on the client's own bridge must pass by conntrack; the switch between the nodes has no rules.
function bridgeSysctls(host: HostName): Record<string, string> {
  const value = isNode(host) ? '1' : '0';
  return { 'bridge/bridge-nf-call-iptables': value, 'bridge/bridge-nf-call-ip6tables': value };
}

function podsOf(node: HostName): readonly PodName[] {
  return PODS.filter((pod) => NODE_OF_POD[pod] === node);
}

function isNode(host: HostName): host is NodeName {
  return (NODES as readonly HostName[]).includes(host);
}

export function ipBatch(lines: readonly string[]): string {
  return `ip -batch - ${hereDocument(lines.map((line) => `${line}\n`).join(''))}`;
}
