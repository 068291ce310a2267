import { parseHostPort } from '../../ruleset/ipvs/address.ts';
import {
  accepted,
  addStep,
  takeChance,
  type Branch,
  type End,
  type Passed,
} from '../walk/branch.ts';
import { isOwnAddress } from '../walk/environment.ts';
import { endpointOf, printEndpoint, type PacketState } from '../walk/packet.ts';
import { sourceOf, type HookedEntry } from '../walk/traceable.ts';
import type { Walk } from '../walk/walk.ts';
import { chooseServer, type Choice } from './choose-server.ts';
import type { IndexedServer, ServerIndex } from './index-servers.ts';

/** Of a virtual server that has no server to choose, the kernel itself answers. */
const noServer: Readonly<Record<PacketState['family'], End>> = {
  IPv4: { kind: 'reject', with: 'icmp-port-unreachable' },
  IPv6: { kind: 'reject', with: 'icmp6-port-unreachable' },
};

const sentOut: End = { kind: 'sendOut' };

/**
 * IPVS takes packets to the node itself after the filter's INPUT, and those of the node after the nat table's
 * OUTPUT; to a server elsewhere it sends them through OUTPUT again.
 */
export function ipvsHooks(servers: ServerIndex): HookedEntry[] {
  const pass = (branch: Branch, walk: Walk): readonly Passed[] => schedule(branch, servers, walk);
  const entry = { subPriority: 0, isNAT: false, pass };
  return [
    { ...entry, hook: 'input', priority: 99 },
    { ...entry, hook: 'output', priority: -98 },
  ];
}

function schedule(branch: Branch, servers: ServerIndex, walk: Walk): readonly Passed[] {
  const { packet } = branch;
  const found = packet.virtualServer ? undefined : findServer(packet, servers);
  if (!found) return [{ end: isUntold(packet, walk) ? untold : accepted, branch }];
  const { scheduler, realServers, service } = found.server;
  const choices = chooseServer(scheduler, realServers);
  if (choices.length > 0) return choices.map((choice) => deliver(branch, { found, choice, walk }));
  const { hook, family } = packet;
  const step = { kind: 'virtualServer', hook, service, scheduler, probability: 1 } as const;
  return [{ end: noServer[family], branch: addStep(branch, { ...step, ...found.source }) }];
}

const untold: End = { kind: 'unknown', reason: 'the virtual servers of IPVS' };

function isUntold({ virtualServer, destination }: PacketState, { network }: Walk): boolean {
  return !virtualServer && network.servedByIPVS.has(destination.text);
}

/** Marks come before addresses; port 0 stands for all ports. */
function findServer(packet: PacketState, servers: ServerIndex): IndexedServer | undefined {
  const { mark, family, protocol, destination } = packet;
  const byMark =
    mark === 0 ? undefined : servers.get(`fwm ${mark}${family === 'IPv6' ? ' IPv6' : ''}`);
  return (
    byMark ??
    servers.get(`${protocol} ${printEndpoint(destination)}`) ??
    servers.get(`${protocol} ${printEndpoint({ ...destination, port: 0 })}`)
  );
}

interface Delivery {
  readonly found: IndexedServer;
  readonly choice: Choice;
  readonly walk: Walk;
}

function deliver(branch: Branch, { found, choice, walk }: Delivery): Passed {
  const { packet } = branch;
  const { service, scheduler } = found.server;
  const { address, forwarding } = choice.server;
  const host = parseHostPort(address);
  const port = Number(host?.port ?? 0) || packet.destination.port;
  const destination = host && endpointOf(host.host, port);
  const stepped = addStep(takeChance(branch, choice.probability), {
    kind: 'virtualServer',
    hook: packet.hook,
    service,
    scheduler,
    realServer: address,
    probability: choice.probability,
    ...sourceOf(choice.server, found.file),
  });
  if (!destination) return { end: { kind: 'unknown', reason: address }, branch: stepped };
  const isHere = forwarding === 'local' || isOwnAddress(walk.network, destination);
  const changed: PacketState = {
    ...packet,
    destination,
    isTranslated: true,
    hasDestinationBinding: true,
    virtualServer: packet.destination,
  };
  return { end: isHere ? accepted : sentOut, branch: { ...stepped, packet: changed } };
}
