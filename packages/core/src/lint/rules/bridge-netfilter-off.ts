import type { LintRule } from '../lint-rule.ts';

const sysctls = ['net.bridge.bridge-nf-call-iptables', 'net.bridge.bridge-nf-call-ip6tables'];

/**
 * Bridged packets pass netfilter
 *
 * Otherwise a pod that is given an endpoint on its own node gets the answer from an address that it
 * did not call.
 */
export const bridgeNetfilterOff: LintRule = {
  code: 'BRIDGE_NETFILTER_OFF',
  *checkNode({ nodeName, nodeState }) {
    for (const sysctl of sysctls) {
      if (nodeState.sysctls?.[sysctl] !== 0) continue;
      yield {
        message: `${sysctl} is 0 on Node ${nodeName}: between pods behind one bridge the answers of a Service's endpoints are not translated back.`,
        objects: [{ kind: 'Node', name: nodeName, path: '' }],
      };
    }
  },
};
