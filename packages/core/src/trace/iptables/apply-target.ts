import type { NormalTarget } from '../../ruleset/iptables/index.ts';
import { accepted, dropped, next, returned, type Branch, type Passed } from '../walk/branch.ts';
import { endpointOf, printEndpoint, translateDestination } from '../walk/packet.ts';
import { addressToward } from '../walk/environment.ts';
import { masquerade } from '../walk/translate.ts';
import { changeAt, unknownAt, type Walk } from '../walk/walk.ts';
import { applyOther } from './apply-other.ts';

/** Takes a packet into another chain. */
export type CallChain = (branch: Branch, chain: string, isGoto: boolean) => readonly Passed[];

interface TargetContext {
  readonly walk: Walk;
  readonly callChain: CallChain;
}

type Kind = NormalTarget['kind'];
type TargetOf<K extends Kind> = NormalTarget & { readonly kind: K };

const appliers: {
  readonly [K in Kind]: (
    branch: Branch,
    target: TargetOf<K>,
    context: TargetContext,
  ) => readonly Passed[];
} = {
  jump: (branch, { chain }, { callChain }) => callChain(branch, chain, false),
  goto: (branch, { chain }, { callChain }) => callChain(branch, chain, true),
  ACCEPT: (branch) => [{ end: accepted, branch }],
  DROP: (branch) => [{ end: dropped, branch }],
  RETURN: (branch) => [{ end: returned, branch }],
  REJECT: (branch, target) => [{ end: { kind: 'reject', with: target.with }, branch }],
  MARK: (branch, target) => [{ end: next, branch: setMark(branch, target) }],
  MASQUERADE: (branch, _target, { walk }) => [
    { end: accepted, branch: masquerade(branch, walk.network) },
  ],
  DNAT: (branch, target) => [translate(branch, target)],
  REDIRECT: (branch, { port }, { walk }) => [redirect(branch, port, walk)],
  other: (branch, { words }, { walk }) => applyOther(branch, words, walk),
};

/** What the target of a rule that applies does with a packet; `branch` has the rule's step. */
export function applyTarget<K extends Kind>(
  branch: Branch,
  target: TargetOf<K> & { kind: K },
  context: TargetContext,
): readonly Passed[] {
  return appliers[target.kind](branch, target, context);
}

function setMark(
  branch: Branch,
  { mark, mask }: { readonly mark: number; readonly mask: number },
): Branch {
  const changed = ((branch.packet.mark & ~mask) ^ mark) >>> 0;
  return changeAt(branch, { ...branch.packet, mark: changed }, { mark: changed });
}

/** To the node itself: to its loopback what it sends, else to its address toward the client. */
function redirect(branch: Branch, port: number, { network }: Walk): Passed {
  const { isFromNode, source, destination } = branch.packet;
  const loopback = destination.text.includes(':') ? '::1' : '127.0.0.1';
  const own = isFromNode ? loopback : addressToward(network, source)?.text;
  return own === undefined
    ? unknownAt(branch, 'the interface’s address')
    : translate(branch, { address: own, port });
}

function translate(
  branch: Branch,
  { address, port }: { readonly address: string; readonly port?: number },
): Passed {
  const destination = endpointOf(address, port ?? branch.packet.destination.port);
  if (!destination) return unknownAt(branch, address);
  const packet = translateDestination(branch.packet, destination);
  const change = { destination: printEndpoint(destination) };
  return { end: accepted, branch: changeAt(branch, packet, change) };
}
