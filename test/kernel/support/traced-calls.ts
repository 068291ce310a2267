import type { Packet, Snapshot } from '@kube-rules/core';
import type { Probe } from './probe.ts';
import { BRIDGES, LAN, OTHER_CLIENT, POD_INTERFACES, primaryAddresses } from './topology.ts';
import type { HostName, IPFamily } from './topology.ts';

/** A client and an address of a Service: what is traced, and what is tried. */
export interface Call {
  readonly title: string;
  readonly from: HostName;
  readonly packet: Packet;
  readonly target: Omit<Probe, 'connections'>;
  /** What has to be forgotten before each connection: the client, by the Services with session affinity at the address. */
  readonly memories: readonly string[];
}

interface Client {
  readonly from: HostName;
  readonly source: string;
  readonly isSecond?: boolean;
  /** What else is known of its packets. */
  readonly packet?: Partial<Packet>;
}

type Target = Call['target'];

type Service = Snapshot['services'][number];

const LOOPBACK = { IPv4: '127.0.0.1', IPv6: '::1' } as const;

/** Calls of each address and port of the Services from the hosts; from outside by a second address where there are source ranges. */
export function callsOf({ services }: Snapshot, hosts: readonly HostName[]): readonly Call[] {
  return services.flatMap((service) => {
    const { loadBalancerSourceRanges = [], sessionAffinity, clusterIPs = [] } = service.spec;
    // A pod elsewhere finds cluster IPs on its own node. Where each connection has its turn, none may wait for an answer.
    const isCalled = ({ from, isSecond }: Client, address: string): boolean =>
      hosts.includes(from) &&
      (isSecond !== true || loadBalancerSourceRanges.length > 0) &&
      (from !== 'q1' || (sessionAffinity !== 'ClientIP' && !clusterIPs.includes(address)));
    return targetsOf(service).flatMap(({ clients, ...target }) =>
      clients
        .filter((client) => isCalled(client, target.address))
        .map((client) => ({
          ...callOf(service, target, client),
          memories: [
            service,
            ...services.filter((one) => addressesOf(one).includes(target.address)),
          ]
            .filter(({ spec }) => spec.sessionAffinity === 'ClientIP')
            .map(({ metadata }) => `${client.from} ${metadata.name} ${target.protocol}`),
        })),
    );
  });
}

function callOf({ metadata }: Service, target: Target, client: Client): Omit<Call, 'memories'> {
  const { from, source, packet } = client;
  const { address, port, protocol } = target;
  const service = `${metadata.namespace}/${metadata.name}`;
  return {
    title: `${from} ${source} → ${address} ${port}/${protocol} of ${service}`,
    from,
    packet: { source, destination: address, destinationPort: port, protocol, ...packet },
    target: { ...target, ...(from === 'ext' && { source }) },
  };
}

function targetsOf(service: Service): readonly (Target & { clients: readonly Client[] })[] {
  const addresses = addressesOf(service);
  return (service.spec.ports ?? []).flatMap(({ port, nodePort, ...rest }) => {
    const protocol = rest.protocol === 'UDP' ? 'udp' : 'tcp';
    const ofService = addresses.map(
      (address) => ({ protocol, address, port, clients: clientsIn(familyOf(address)) }) as const,
    );
    return nodePort === 0
      ? ofService
      : [...ofService, ...nodePortTargets({ protocol, port: nodePort })];
  });
}

function addressesOf({ spec, status }: Service): readonly string[] {
  const ingress = (status?.loadBalancer?.ingress ?? []).map(({ ip }) => ip ?? '');
  const addresses = [...(spec.clusterIPs ?? []), ...(spec.externalIPs ?? []), ...ingress];
  return addresses.filter((address) => /[.:]/.test(address));
}

/** At the node's own address for all, at its bridge for a pod, and at the loopback address for itself. */
function nodePortTargets(
  target: Pick<Target, 'protocol' | 'port'>,
): readonly (Target & { clients: readonly Client[] })[] {
  return (['IPv4', 'IPv6'] as const).flatMap((family) => {
    const clients = clientsIn(family);
    const only = (name: HostName): readonly Client[] => clients.filter(({ from }) => from === name);
    return [
      { ...target, address: primaryAddresses(LAN.node1)[family], clients },
      { ...target, address: primaryAddresses(BRIDGES.node1)[family], clients: only('p1') },
      { ...target, address: LOOPBACK[family], clients: only('node1') },
    ];
  });
}

function clientsIn(family: IPFamily): readonly Client[] {
  return [
    {
      from: 'p1',
      source: primaryAddresses(POD_INTERFACES.p1)[family],
      packet: { inInterface: 'cni0', bridgePort: 'v-p1' },
    },
    { from: 'q1', source: primaryAddresses(POD_INTERFACES.q1)[family] },
    { from: 'node1', source: 'node' },
    { from: 'ext', source: primaryAddresses(LAN.ext)[family] },
    { from: 'ext', source: OTHER_CLIENT[family], isSecond: true },
  ];
}

function familyOf(address: string): IPFamily {
  return address.includes(':') ? 'IPv6' : 'IPv4';
}
