import type { NodeRules } from '../diff/node-rules.ts';

/** The same rules without their comments, which no packet meets: large clusters have none. */
export function withoutComments(rules: NodeRules): NodeRules {
  return rules.map((section) => ({
    ...section,
    chains: section.chains.map((chain) => ({
      ...chain,
      declaration: stripComment(chain.declaration),
      rules: chain.rules.map((rule) => ({ ...rule, text: stripComment(rule.text) })),
    })),
    groups: section.groups.map((group) => ({
      ...group,
      declaration: stripComment(group.declaration),
      entries: group.entries.map((entry) => ({ ...entry, text: stripComment(entry.text) })),
    })),
  }));
}

/** In iptables `-m comment --comment "…"`, in nft ` comment "…"`. */
function stripComment(text: string): string {
  return text.replace(/(?: -m comment --comment|(?:^|;)? ?comment) "(?:[^"\\]|\\.)*"/, '');
}
