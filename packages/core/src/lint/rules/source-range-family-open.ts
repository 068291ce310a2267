import type { LintRule } from '../lint-rule.ts';
import { serviceRef } from '../refs.ts';

/**
 * Source ranges restrict both families
 *
 * Ranges of one family leave a load balancer's IP of the other open to everybody.
 */
export const sourceRangeFamilyOpen: LintRule = {
  code: 'SOURCE_RANGE_FAMILY_OPEN',
  *check({ services }) {
    for (const { service, servicePorts } of services) {
      if (!service.spec.loadBalancerSourceRanges) continue;
      const ports = servicePorts.map(({ servicePort }) => servicePort);
      if (ports.every(({ loadBalancerSourceRanges }) => loadBalancerSourceRanges.length === 0))
        continue;
      const open = ports.find(
        (one) => one.loadBalancerVIPs.length > 0 && one.loadBalancerSourceRanges.length === 0,
      );
      if (!open) continue;
      yield {
        message: `No source range is ${open.family}: ${open.loadBalancerVIPs.join(', ')} takes any client.`,
        objects: [serviceRef(service, 'spec.loadBalancerSourceRanges')],
      };
    }
  },
};
