import { containsIP, parseCIDR, type CIDR } from '../../netaddr/cidr.ts';
import type { Family } from '../../netaddr/family.ts';
import { isLoopback, type IPBytes } from '../../netaddr/ip.ts';
import { printIP } from '../../netaddr/print-ip.ts';
import { endpointOf, familyOf, type Endpoint } from './packet.ts';

/** What a node has around its rules. What is not told is not known, and never guessed. */
export interface TraceEnvironment {
  readonly interfaces?: readonly TraceInterface[];
  /** Beyond the networks of the interfaces' own addresses. */
  readonly routes?: readonly TraceRoute[];
  /** The node's address in each family, which it uses where no interface is nearer. */
  readonly nodeIPs?: { readonly [F in Family]?: string };
  /** By name, such as `net.ipv4.conf.all.route_localnet`; the kernel's own values for those that are not told. */
  readonly sysctls?: Readonly<Record<string, number>>;
  /**
   * Who is on record as a client: entries of lists of xt_recent by address, elements of sets that packets
   * fill by key. Nobody by default, as when a client comes for the first time.
   */
  readonly recent?: readonly { readonly list: string; readonly entry: string }[];
  /** Addresses of the node's that IPVS serves by virtual servers which are not told: where packets to them go is unknown. */
  readonly servedByIPVS?: readonly string[];
}

export interface TraceInterface {
  /** Empty for addresses of which it is not known what interface has them. */
  readonly name: string;
  /** With prefix lengths: `192.0.2.11/24`. */
  readonly addresses: readonly string[];
  /** The bridge whose port it is. */
  readonly bridge?: string;
}

export interface TraceRoute {
  /** A CIDR; that of prefix length 0 is the default route. */
  readonly destination: string;
  readonly interface: string;
}

/** An environment, ready to be asked. */
export interface Network {
  /** The texts of the node's own addresses, with the interfaces that have them. */
  readonly ownAddresses: ReadonlyMap<string, string>;
  /** Networks of more than one address that the node is in. */
  readonly connected: readonly Connected[];
  readonly routes: readonly { readonly cidr: CIDR; readonly interface: string }[];
  readonly nodeIPs: ReadonlyMap<Family, Endpoint>;
  /** The bridges by their ports. */
  readonly bridgeOf: ReadonlyMap<string, string>;
  readonly sysctls: Readonly<Record<string, number>>;
  readonly recent: ReadonlySet<string>;
  readonly servedByIPVS: ReadonlySet<string>;
}

interface Connected {
  readonly cidr: CIDR;
  readonly interface: string;
  readonly address: Endpoint;
}

export function prepareEnvironment(environment: TraceEnvironment): Network {
  const {
    interfaces = [],
    routes = [],
    sysctls = {},
    recent = [],
    servedByIPVS = [],
  } = environment;
  const connected = interfaces.flatMap(({ name, addresses }) =>
    addresses.flatMap((text) => connect(text, name)),
  );
  const nodeIPs = Object.values(environment.nodeIPs ?? {}).flatMap((text) => {
    const endpoint = endpointOf(text);
    return endpoint ? [endpoint] : [];
  });
  const own = connected.map((one) => [one.address.text, one.interface] as const);
  return {
    ownAddresses: new Map([...nodeIPs.map(({ text }) => [text, ''] as const), ...own]),
    connected: connected.filter(isNetwork),
    routes: routes.flatMap((route) => {
      const cidr = parseCIDR(route.destination);
      return cidr ? [{ cidr, interface: route.interface }] : [];
    }),
    nodeIPs: new Map(nodeIPs.map((endpoint) => [familyOf(endpoint), endpoint])),
    bridgeOf: new Map(
      interfaces.flatMap(({ name, bridge }) => (bridge === undefined ? [] : [[name, bridge]])),
    ),
    sysctls,
    recent: new Set(recent.map(({ list, entry }) => recentKey(list, entry))),
    servedByIPVS: new Set(servedByIPVS.map((text) => endpointOf(text)?.text ?? text)),
  };
}

function isNetwork({ cidr }: Connected): boolean {
  return cidr.prefixLength < cidr.address.length * 8;
}

function connect(text: string, name: string): Connected[] {
  const cidr = parseCIDR(text);
  if (!cidr) return [];
  const { address: ip } = cidr;
  return [{ cidr, interface: name, address: { ip, text: printIP(ip), port: undefined } }];
}

/** The spelling of an entry in `Network.recent`. */
export function recentKey(list: string, entry: string): string {
  return `${list} ${endpointOf(entry)?.text ?? entry}`;
}

/** Whether an address is the node's own. */
export function isOwnAddress(network: Network, { ip, text }: Endpoint): boolean {
  return network.ownAddresses.has(text) || isLoopback(ip);
}

/** The interface that has one of the node's own addresses; empty where it is not known. */
export function interfaceOfOwn(network: Network, { ip, text }: Endpoint): string {
  return network.ownAddresses.get(text) ?? (isLoopback(ip) ? 'lo' : '');
}

/** The interface by which packets to an address leave; `undefined` where it is not known. */
export function interfaceToward(network: Network, destination: Endpoint): string | undefined {
  if (isOwnAddress(network, destination)) return 'lo';
  return longest([...network.connected, ...network.routes], destination.ip)?.interface;
}

/** The node's own address toward another: of the interface with the longest prefix, else the node's own. */
export function addressToward(network: Network, destination: Endpoint): Endpoint | undefined {
  // Of an address that is the node's own, itself has the longest prefix.
  const isOwn = network.ownAddresses.has(destination.text);
  const nearest = isOwn ? destination : longest(network.connected, destination.ip)?.address;
  return nearest ?? network.nodeIPs.get(familyOf(destination));
}

function longest<Item extends { readonly cidr: CIDR }>(
  items: readonly Item[],
  ip: IPBytes,
): Item | undefined {
  let best: Item | undefined;
  for (const item of items) {
    const isLonger = !best || item.cidr.prefixLength > best.cidr.prefixLength;
    if (isLonger && containsIP(item.cidr, ip)) best = item;
  }
  return best;
}

/** Both; where they tell of the same, what comes last counts. */
export function joinEnvironments(
  first: TraceEnvironment,
  last: TraceEnvironment,
): TraceEnvironment {
  const named = [...(first.interfaces ?? []), ...(last.interfaces ?? [])];
  return {
    interfaces: [...new Map(named.map((one) => [one.name, one])).values()],
    routes: [...(first.routes ?? []), ...(last.routes ?? [])],
    nodeIPs: { ...first.nodeIPs, ...last.nodeIPs },
    sysctls: { ...first.sysctls, ...last.sysctls },
    recent: [...(first.recent ?? []), ...(last.recent ?? [])],
    servedByIPVS: [...(first.servedByIPVS ?? []), ...(last.servedByIPVS ?? [])],
  };
}
