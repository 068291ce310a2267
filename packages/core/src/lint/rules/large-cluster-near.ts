import { largeClusterEndpoints } from '../../service/resolve-family.ts';
import type { LintRule } from '../lint-rule.ts';

const nearFrom = largeClusterEndpoints * 0.9;

/**
 * A cluster is large, or far from it
 *
 * Past the threshold kube-proxy leaves most comments out, and stale chains stay for a while: tools
 * that look for them see other rules from one endpoint to the next.
 */
export const largeClusterNear: LintRule = {
  code: 'LARGE_CLUSTER_NEAR',
  modes: ['iptables'],
  *check({ families }) {
    for (const { family, endpointCount } of families) {
      if (endpointCount < nearFrom || endpointCount > largeClusterEndpoints) continue;
      yield {
        message: `The cluster has ${endpointCount} ${family} endpoints, counted for each port of a Service: from ${largeClusterEndpoints + 1} on, kube-proxy leaves most comments out of its rules.`,
        objects: [],
      };
    }
  },
};
