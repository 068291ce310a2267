import type { LintRule } from '../lint-rule.ts';
import { serviceRef } from '../refs.ts';

/**
 * ipMode Proxy leaves an address to the load balancer
 *
 * kube-proxy makes no rule for it, so what pods send there leaves the cluster first.
 */
export const ipModeProxy: LintRule = {
  code: 'IP_MODE_PROXY',
  *check({ services }) {
    for (const { service } of services) {
      const ingress = service.status?.loadBalancer?.ingress ?? [];
      for (const [index, { ip = '', ipMode }] of ingress.entries()) {
        if (ipMode !== 'Proxy' || ip === '') continue;
        yield {
          message: `${ip} has ipMode Proxy: kube-proxy makes no rules for it, its source ranges included, and pods reach it by way of the load balancer.`,
          objects: [serviceRef(service, `status.loadBalancer.ingress[${index}].ipMode`)],
        };
      }
    }
  },
};
