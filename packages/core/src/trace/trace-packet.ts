import { isLoopback } from '../netaddr/ip.ts';
import {
  accepted,
  addStep,
  changePacket,
  dropped,
  type Branch,
  type Passed,
} from './walk/branch.ts';
import { interfaceToward, isOwnAddress, type Network } from './walk/environment.ts';
import { passHook } from './hooks.ts';
import { mergeOutcomes, type Final, type TraceOutcome } from './outcome.ts';
import {
  endpointOf,
  printEndpoint,
  type HookName,
  type Packet,
  type PacketState,
} from './walk/packet.ts';
import { settleAssumptions } from './settle-assumptions.ts';
import { startPacket } from './start-packet.ts';
import type { Traceable } from './walk/traceable.ts';
import { mostBranches, type Walk } from './walk/walk.ts';

export interface TraceResult {
  /** Sorted by destination; their probabilities add up to 1. */
  readonly outcomes: readonly TraceOutcome[];
}

interface Way {
  readonly traceable: Traceable;
  readonly walk: Walk;
}

/**
 * Takes the first packet of a connection through a node's rules as the kernel would, in all the ways that
 * it may go: hooks and priorities in netfilter's order, with routing and IPVS between them.
 *
 * @throws {TypeError} for a packet whose addresses are none, or of two families.
 */
export function tracePacket(traceable: Traceable, packet: Packet): TraceResult {
  const { network } = traceable;
  const started = startPacket(packet, network);
  if (!started) return { outcomes: [unstarted(packet)] };
  const walk: Walk = { network, branchesLeft: mostBranches, nextAssumption: 0 };
  const way = { traceable, walk };
  const start = { probability: 1, packet: started, path: undefined, assumption: undefined };
  const finals = started.isFromNode ? sendOut(start, way) : comeIn(start, way);
  return { outcomes: mergeOutcomes(settleAssumptions(finals)) };
}

/** Of a process of the node without an address nothing can be told. */
function unstarted({ destination, destinationPort }: Packet): TraceOutcome {
  const endpoint = endpointOf(destination, destinationPort);
  return {
    probability: 1,
    verdict: 'unknown',
    destination: endpoint ? printEndpoint(endpoint) : destination,
    source: null,
    masqueraded: false,
    reason: "the node's own address in this family",
    path: [],
  };
}

/** A packet from the network. */
function comeIn(branch: Branch, way: Way): Final[] {
  if (isOnlyBridged(branch.packet, way.walk.network)) return bridge(branch);
  return passOn(branch, { hook: 'prerouting', way }, (passed) => {
    const { packet } = passed;
    const { network } = way.walk;
    if (isOwnAddress(network, packet.destination)) {
      const isMartian = isLoopback(packet.destination.ip) && !allowsLoopback(network, packet);
      return isMartian ? goNowhere(passed, 'loopback address') : comeToNode(passed, way);
    }
    if (network.sysctls[forwarding[packet.family]] === 0)
      return goNowhere(passed, 'forwarding is off');
    const routed = route(passed, network);
    return passOn(routed, { hook: 'forward', way }, (forwarded) => leave(forwarded, way));
  });
}

/** Frames between ports of one bridge meet the rules only where `bridge-nf-call-iptables` hands them over. */
function isOnlyBridged(
  { family, inInterface, destination }: PacketState,
  network: Network,
): boolean {
  if (network.sysctls[bridgeCalls[family]] !== 0 || isOwnAddress(network, destination))
    return false;
  return inInterface !== undefined && inInterface === interfaceToward(network, destination);
}

function bridge(branch: Branch): Final[] {
  const { inInterface = '' } = branch.packet;
  const step = { kind: 'route', to: 'network', interface: inInterface, reason: 'bridged' } as const;
  return [{ branch: addStep(branch, step), end: accepted, to: 'network' }];
}

const bridgeCalls = {
  IPv4: 'net.bridge.bridge-nf-call-iptables',
  IPv6: 'net.bridge.bridge-nf-call-ip6tables',
} as const;

const forwarding = {
  IPv4: 'net.ipv4.ip_forward',
  IPv6: 'net.ipv6.conf.all.forwarding',
} as const;

/** A packet whose destination is the node itself. */
function comeToNode(branch: Branch, way: Way): Final[] {
  const here = addStep(changePacket(branch, { outInterface: '' }), {
    kind: 'route',
    to: 'node',
  });
  return passOn(here, { hook: 'input', way }, (passed) => [
    { branch: passed, end: accepted, to: 'node' },
  ]);
}

/** A packet of the node itself, or one that IPVS sends on in its name. */
function sendOut(branch: Branch, way: Way): Final[] {
  const { network } = way.walk;
  const toward = interfaceToward(network, branch.packet.destination);
  const start = changePacket(branch, { inInterface: '', outInterface: toward });
  return passOn(start, { hook: 'output', way }, (passed) => {
    if (isStuckOnLoopback(passed.packet, network)) return goNowhere(passed, 'loopback address');
    return leave(route(passed, network), way);
  });
}

function leave(branch: Branch, way: Way): Final[] {
  return passOn(branch, { hook: 'postrouting', way }, (passed) => {
    if (!isOwnAddress(way.walk.network, passed.packet.destination))
      return [{ branch: passed, end: accepted, to: 'network' }];
    return comeBackByLoopback(passed, way);
  });
}

/** What the node sends to itself comes in again, with its connection known. */
function comeBackByLoopback(branch: Branch, way: Way): Final[] {
  const looped = changePacket(branch, {
    inInterface: 'lo',
    outInterface: '',
    isFromBridge: false,
    bridgePort: undefined,
  });
  return passOn(looped, { hook: 'prerouting', way }, (passed) => comeToNode(passed, way));
}

/** Takes a packet through a hook, and what has passed on from there. */
function passOn(
  branch: Branch,
  { hook, way }: { readonly hook: HookName; readonly way: Way },
  goOn: (passed: Branch) => Final[],
): Final[] {
  return passHook(branch, hook, way).flatMap((passed: Passed): Final[] => {
    if (passed.end.kind === 'accept') return goOn(passed.branch);
    return passed.end.kind === 'sendOut' ? sendOut(passed.branch, way) : [passed];
  });
}

function route(branch: Branch, network: Network): Branch {
  const { destination } = branch.packet;
  const name = interfaceToward(network, destination);
  return addStep(changePacket(branch, { outInterface: name }), {
    kind: 'route',
    to: isOwnAddress(network, destination) ? 'node' : 'network',
    ...(name !== undefined && { interface: name }),
  });
}

function goNowhere(branch: Branch, reason: string): Final[] {
  const step = { kind: 'route', to: 'nowhere', reason } as const;
  return [{ branch: addStep(branch, step), end: dropped }];
}

/** A loopback address stays on the node, but for IPv4 where `route_localnet` lets it go. */
function isStuckOnLoopback(packet: PacketState, network: Network): boolean {
  if (!isLoopback(packet.source.ip) || isOwnAddress(network, packet.destination)) return false;
  return packet.family === 'IPv4' && !allowsLoopback(network, packet);
}

function allowsLoopback({ sysctls }: Network, { family }: PacketState): boolean {
  return family === 'IPv4' && (sysctls['net.ipv4.conf.all.route_localnet'] ?? 0) > 0;
}
