import type { NormalTarget } from '../../ruleset/iptables/index.ts';
import { accepted, dropped, next, returned, type Branch, type Passed } from '../branch.ts';
import { endpointOf, printEndpoint, translateDestination } from '../packet.ts';
import { masquerade } from '../translate.ts';
import { changeAt, unknownAt, type Walk } from '../walk.ts';
import { applyOther } from './apply-other.ts';

/** Takes a packet into another chain. */
export type CallChain = (branch: Branch, chain: string, isGoto: boolean) => readonly Passed[];

/** What the target of a rule that applies does with a packet; `branch` has the rule's step. */
export function applyTarget(
  branch: Branch,
  target: NormalTarget | undefined,
  { walk, callChain }: { readonly walk: Walk; readonly callChain: CallChain },
): readonly Passed[] {
  switch (target?.kind) {
    case undefined:
      return [{ end: next, branch }];
    case 'jump':
    case 'goto':
      return callChain(branch, target.chain, target.kind === 'goto');
    case 'ACCEPT':
      return [{ end: accepted, branch }];
    case 'DROP':
      return [{ end: dropped, branch }];
    case 'RETURN':
      return [{ end: returned, branch }];
    case 'REJECT':
      return [{ end: { kind: 'reject', with: target.with }, branch }];
    case 'MARK':
      return [{ end: next, branch: setMark(branch, target) }];
    case 'MASQUERADE':
      return [{ end: accepted, branch: masquerade(branch, walk.network) }];
    case 'DNAT':
      return [translate(branch, target)];
    case 'other':
      return applyOther(branch, target.words, walk);
  }
}

function setMark(
  branch: Branch,
  { mark, mask }: { readonly mark: number; readonly mask: number },
): Branch {
  const changed = ((branch.packet.mark & ~mask) ^ mark) >>> 0;
  return changeAt(branch, { ...branch.packet, mark: changed }, { mark: changed });
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
