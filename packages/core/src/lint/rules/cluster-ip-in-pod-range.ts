import { containsIP, parseCIDR } from '../../netaddr/cidr.ts';
import { parseIP } from '../../netaddr/ip.ts';
import type { LintRule } from '../lint-rule.ts';
import { configurationRef } from '../refs.ts';

/**
 * Services and pods have addresses of their own
 *
 * Where the ranges overlap a pod may get the address of a Service, and is then never reached.
 */
export const clusterIPInPodRange: LintRule = {
  code: 'CLUSTER_IP_IN_POD_RANGE',
  *check({ families }) {
    for (const { detector, servicePorts } of families) {
      const cidr = detector?.kind === 'cidr' ? parseCIDR(detector.cidr) : undefined;
      if (!cidr || detector?.kind !== 'cidr') continue;
      const within = servicePorts
        .map(({ servicePort }) => servicePort)
        .filter(({ clusterIP }) => containsIP(cidr, parseIP(clusterIP) ?? []));
      const [first] = within;
      if (!first) continue;
      const addresses = new Set(within.map(({ clusterIP }) => clusterIP)).size;
      const others = addresses === 1 ? ' is' : ` and ${addresses - 1} more are`;
      yield {
        message: `The cluster IP ${first.clusterIP}${others} within the pods' range ${detector.cidr}: a pod with such an address is not reached.`,
        objects: [
          {
            kind: 'Service',
            namespace: first.namespace,
            name: first.serviceName,
            path: 'spec.clusterIP',
          },
          configurationRef('clusterCIDR'),
        ],
      };
    }
  },
};
