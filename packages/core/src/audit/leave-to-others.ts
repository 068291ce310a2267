import type { Item, NodeRules, Section } from '../diff/node-rules.ts';
import { chainsNamed, isOwnChain } from './ownership.ts';

/** The parts of a node's rules: all of them, kube-proxy's, and what is wanted in their place. */
export interface RuleParts {
  readonly live: NodeRules;
  readonly own: NodeRules;
  readonly wanted: NodeRules;
  /** Whether the chain that kubelet makes as well is left where there is a kubelet; true by default. */
  readonly leavesSharedChain?: boolean;
}

/**
 * kube-proxy's rules of a node without those that go no more although nobody wants them: chains to
 * which rules of others lead, with what these lead to, and the chain that kubelet makes as well where
 * there is a kubelet.
 */
export function leaveToOthers({
  live,
  own,
  wanted,
  leavesSharedChain = true,
}: RuleParts): NodeRules {
  return own
    .map((section) => {
      if (section.kind !== 'iptables') return section;
      const byName = ({ name }: Section): boolean => name === section.name;
      const all = live.find(byName);
      const names = new Set(wanted.find(byName)?.chains.map(({ name }) => name));
      const held = all ? heldChains(all, section) : new Set<string>();
      const chains = section.chains.filter(({ name }) => names.has(name) || !held.has(name));
      const hasKubelet = all?.chains.some(({ name }) => name === 'KUBE-KUBELET-CANARY');
      const rest = { ...section, chains };
      return leavesSharedChain && hasKubelet && !names.has(sharedChain)
        ? withoutSharedChain(rest)
        : rest;
    })
    .filter(({ chains, groups }) => chains.length + groups.length > 0);
}

function heldChains(all: Section, own: Section): ReadonlySet<string> {
  const ownRules = new Set(own.chains.flatMap(({ rules }) => rules));
  const rulesOf = new Map(own.chains.map(({ name, rules }) => [name, rules]));
  const foreign = all.chains.flatMap(({ rules }) => rules).filter((rule) => !ownRules.has(rule));
  const held = new Set(foreign.flatMap(({ text }) => chainsNamed(text)).filter(isOwnChain));
  // A set yields what is added while it is walked.
  for (const name of held) {
    for (const { text } of rulesOf.get(name) ?? [])
      for (const next of chainsNamed(text)) if (isOwnChain(next)) held.add(next);
  }
  return held;
}

/** The chain of the filter table that kubelet makes as well, and may have made on a node. */
const sharedChain = 'KUBE-FIREWALL';

function isSharedJump({ text }: Item): boolean {
  return chainsNamed(text).includes(sharedChain);
}

/** A section without the chain that kubelet makes too, and without what leads to it. */
export function withoutSharedChain(section: Section): Section {
  if (!/^iptables IPv[46] filter$/.test(section.name)) return section;
  const chains = section.chains
    .filter(({ name }) => name !== sharedChain)
    .map((chain) => ({ ...chain, rules: chain.rules.filter((rule) => !isSharedJump(rule)) }))
    .filter(({ name, rules }) => rules.length > 0 || isOwnChain(name));
  return { ...section, chains };
}
