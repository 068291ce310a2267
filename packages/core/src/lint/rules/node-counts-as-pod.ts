import { containsIP, parseCIDR, printCIDR } from '../../netaddr/cidr.ts';
import { printIP } from '../../netaddr/print-ip.ts';
import { interfaceAddresses } from '../../service/interface-addresses.ts';
import { localTrafficDetectorOf } from '../../service/local-traffic-detector.ts';
import { isExternalLocal } from '../is-external-local.ts';
import type { LintRule } from '../lint-rule.ts';
import { configurationRef } from '../refs.ts';

/**
 * A node's calls do not count as a pod's
 *
 * Where pods are told by their CIDR, a node that calls from its bridge's address takes the short
 * cut for pods, which comes before its own traffic is masqueraded.
 */
export const nodeCountsAsPod: LintRule = {
  code: 'NODE_COUNTS_AS_POD',
  modes: ['iptables', 'nftables'],
  *checkNode(snapshot, { families }) {
    for (const { family, servicePorts } of families) {
      const detector = localTrafficDetectorOf(snapshot, family);
      const cidr = detector?.kind === 'cidr' ? parseCIDR(detector.cidr) : undefined;
      const ip = cidr && interfaceAddresses(snapshot).find((one) => containsIP(cidr, one));
      const isConcerned = isExternalLocal(servicePorts);
      if (!cidr || !ip || !isConcerned) continue;
      yield {
        message: `${printIP(ip)} of Node ${snapshot.nodeName} is within ${printCIDR(cidr)}: what the node sends from there counts as a pod's, and is not masqueraded on its way to Services with externalTrafficPolicy Local.`,
        objects: [
          { kind: 'Node', name: snapshot.nodeName, path: '' },
          configurationRef('detectLocalMode'),
        ],
      };
    }
  },
};
