import { localTrafficDetectorOf } from '../../service/local-traffic-detector.ts';
import type { LintRule } from '../lint-rule.ts';
import { configurationRef } from '../refs.ts';

/**
 * Local traffic can be told apart
 *
 * Without a CIDR of pods kube-proxy masquerades nothing that comes to cluster IPs from outside.
 */
export const clusterCIDRMissing: LintRule = {
  code: 'CLUSTER_CIDR_MISSING',
  *check({ families, snapshot: { config } }) {
    if (config.detectLocalMode === 'NodeCIDR') return;
    for (const { family, servicePorts, detector } of families) {
      if (detector || servicePorts.length === 0) continue;
      yield {
        message: `clusterCIDR has no ${family} CIDR: pods cannot be told from other clients, so nothing that comes to ${family} cluster IPs from outside the cluster is masqueraded.`,
        objects: [configurationRef('clusterCIDR')],
      };
    }
  },
  *checkNode(snapshot, { families }) {
    if (snapshot.config.detectLocalMode !== 'NodeCIDR') return;
    for (const { family, servicePorts } of families) {
      if (servicePorts.length === 0 || localTrafficDetectorOf(snapshot, family)) continue;
      yield {
        message: `detectLocalMode is NodeCIDR, but Node ${snapshot.nodeName} has no ${family} pod CIDR: its pods cannot be told from other clients.`,
        objects: [
          { kind: 'Node', name: snapshot.nodeName, path: 'spec' },
          configurationRef('detectLocalMode'),
        ],
      };
    }
  },
};
