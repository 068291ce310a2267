import { parseSnapshot } from '@kube-rules/core';
import type { Snapshot } from '@kube-rules/core';
import { fixtureNames, readSnapshot } from './fixtures.ts';
import { ipBatch } from './network-scripts.ts';
import type { Network } from './network.ts';
import { BRIDGES, LAN, POD_INTERFACES, POD_PORTS, primaryAddresses } from './topology.ts';
import type { PodName } from './topology.ts';

/** The endpoints of the named clusters that pods of the lab stand for; those of node-c are on node2. */
const ENDPOINTS: Partial<Readonly<Record<PodName, readonly string[]>>> = {
  p2: ['10.244.1.2', '10.244.1.5', 'fd00:10:244:1::5'],
  q2: [
    '10.244.2.3',
    '10.244.2.6',
    '10.244.2.9',
    '10.244.2.10',
    '10.244.2.14',
    '10.244.2.15',
    'fd00:10:244:2::6',
  ],
  q3: ['7', '9', '20', '21', '22', '23'].map((host) => `10.244.3.${host}`),
};

const NODE_C_PODS = '10.244.3.0/24';

/** The node's second network, in which nobody else is. */
const SECOND_NETWORK = { name: 'eth1', addresses: ['198.51.100.11/24'] } as const;

const INTERFACES = [
  { name: 'lo', addresses: ['127.0.0.1/8', '::1/128'] },
  { name: 'eth0', addresses: LAN.node1.addresses },
  SECOND_NETWORK,
  { name: 'cni0', addresses: BRIDGES.node1.addresses.slice(0, 2) },
];

const OTHER_PORTS = { pods: [9153], node1: [6443] } as const;

/** A named cluster whose node is the lab's node1, and whose endpoints are all there. */
export interface NamedCluster {
  readonly name: string;
  readonly text: string;
  readonly snapshot: Snapshot;
}

/** Those of the named clusters that can be in the lab as they are, once `addNamedEndpoints` was there. */
export function namedClusters(): readonly NamedCluster[] {
  return fixtureNames()
    .map((name) => {
      const text = readSnapshot(name);
      return { name, text, snapshot: parseSnapshot(text).snapshot };
    })
    .filter(({ snapshot }) => isInLab(snapshot));
}

// Objects of nfacct cannot be made by a document, and without them its rules cannot be loaded.
function isInLab({ nodeName, nodeState, endpointSlices }: Snapshot): boolean {
  const served = new Set([
    ...Object.values(ENDPOINTS).flat(),
    ...Object.values(POD_INTERFACES).flatMap((one) => Object.values(primaryAddresses(one))),
    primaryAddresses(LAN.node1).IPv4,
  ]);
  const endpoints = endpointSlices.flatMap((slice) =>
    slice.endpoints.flatMap(({ addresses }) => addresses),
  );
  const protocols = endpointSlices.flatMap(({ ports }) => (ports ?? []).map((one) => one.protocol));
  return (
    nodeName === 'node-a' &&
    JSON.stringify(nodeState.interfaces) === JSON.stringify(INTERFACES) &&
    nodeState.iptables?.nfacct !== true &&
    endpoints.length > 0 &&
    endpoints.every((address) => served.has(address)) &&
    protocols.every((protocol) => protocol !== 'SCTP')
  );
}

/** Gives the lab the endpoints, the networks and the servers that it lacks of the named clusters. */
export async function addNamedEndpoints({ run, agents }: Network): Promise<void> {
  const node2 = primaryAddresses(LAN.node2).IPv4;
  const [address] = SECOND_NETWORK.addresses;
  await run(
    'node1',
    ipBatch([
      'link add eth1 type bridge',
      'link set eth1 up',
      `addr add ${address} dev eth1`,
      `route add ${NODE_C_PODS} via ${node2}`,
    ]),
  );
  await run('node2', ipBatch([`route add ${NODE_C_PODS} dev cni0`]));
  for (const pod of ['p2', 'q2', 'q3'] as const) {
    const addresses = ENDPOINTS[pod] ?? [];
    const added = addresses.map((one) =>
      one.includes(':') ? `${one}/128 dev eth0 nodad` : `${one}/32 dev eth0`,
    );
    await run(pod, ipBatch(added.map((one) => `addr add ${one}`)));
    const neighbours = addresses.map(
      (one) => `neigh replace ${one} lladdr ${POD_INTERFACES[pod].mac} dev cni0 nud permanent`,
    );
    await run(pod === 'p2' ? 'node1' : 'node2', ipBatch(neighbours));
    await agents[pod].request('serveUDP', { addresses, ports: POD_PORTS });
    await agents[pod].request('serve', { addresses, ports: OTHER_PORTS.pods });
  }
  await agents.node1.request('serve', { addresses: [], ports: OTHER_PORTS.node1 });
}
