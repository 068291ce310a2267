import type { LintRule } from '../lint-rule.ts';
import { serviceRef } from '../refs.ts';

/**
 * Source ranges have an address to restrict
 *
 * They are for the load balancer's IPs only: cluster IP, node ports and external IPs stay open.
 */
export const sourceRangeUnused: LintRule = {
  code: 'SOURCE_RANGE_UNUSED',
  *check({ services }) {
    for (const { service, servicePorts } of services) {
      if ((service.spec.loadBalancerSourceRanges ?? []).length === 0) continue;
      if (servicePorts.some(({ servicePort }) => servicePort.loadBalancerVIPs.length > 0)) continue;
      yield {
        message:
          'The source ranges restrict nothing: kube-proxy applies them to the IPs of a load balancer, and the Service has none.',
        objects: [serviceRef(service, 'spec.loadBalancerSourceRanges')],
      };
    }
  },
};
