import type { LintRule } from '../lint-rule.ts';
import { configurationRef } from '../refs.ts';

/**
 * Pods see who calls them
 *
 * With masqueradeAll every call by a cluster IP has the node's address, so no NetworkPolicy can tell
 * its client.
 */
export const masqueradeAll: LintRule = {
  code: 'MASQUERADE_ALL',
  *check({ mode, snapshot: { config } }) {
    const section = mode === 'nftables' ? 'nftables' : 'iptables';
    if (!config[section].masqueradeAll) return;
    yield {
      message: `With ${section}.masqueradeAll every call by a cluster IP comes from a node's address: NetworkPolicies that select clients by pod or namespace do not see the client.`,
      objects: [configurationRef(`${section}.masqueradeAll`)],
    };
  },
};
