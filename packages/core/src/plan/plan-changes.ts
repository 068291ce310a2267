import type { NodeRules } from '../diff/node-rules.ts';
import type { Operation } from './operation.ts';
import { planAddresses } from './plan-addresses.ts';
import { planIPSets } from './plan-ipsets.ts';
import { planIptables, type Ownership } from './plan-iptables.ts';
import { planIpvs } from './plan-ipvs.ts';

export interface PlanOptions extends Ownership {
  /** Scripts that make the tables of nft what they have to be, in their order. */
  readonly nftScripts?: readonly string[];
  /** Steps that take kube-proxy's rules out of the other implementation of iptables. */
  readonly elsewhere?: readonly Operation[];
}

/**
 * The smallest list of steps from the rules of kube-proxy's that a node has to those that it should
 * have. What comes is there before what leads to it, and what goes goes last: sets before rules, new
 * servers before old ones go, the rules of a new mode before those of the old one.
 */
export function planChanges(
  from: NodeRules,
  to: NodeRules,
  { nftScripts = [], elsewhere = [], ...ownership }: PlanOptions,
): Operation[] {
  const addresses = planAddresses(from, to);
  const sets = planIPSets(from, to);
  const servers = planIpvs(from, to);
  const iptables = planIptables(from, to, ownership);
  const nft = nftScripts.map((input): Operation => ({ kind: 'nft', input }));
  const wantsNft = to.some(({ kind }) => kind === 'nftables');
  return [
    ...addresses.before,
    ...sets.before,
    ...servers.before,
    ...(wantsNft ? [...nft, ...iptables] : [...iptables, ...nft]),
    ...elsewhere,
    ...servers.after,
    ...sets.after,
    ...addresses.after,
  ];
}
