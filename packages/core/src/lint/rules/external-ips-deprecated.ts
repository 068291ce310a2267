import type { LintRule } from '../lint-rule.ts';
import { serviceRef } from '../refs.ts';

/**
 * External IPs are going
 *
 * Kubernetes warns of spec.externalIPs since 1.36 and wants to drop them.
 */
export const externalIPsDeprecated: LintRule = {
  code: 'EXTERNAL_IPS_DEPRECATED',
  *check({ services }) {
    for (const { service } of services) {
      if ((service.spec.externalIPs ?? []).length === 0) continue;
      yield {
        message:
          'spec.externalIPs is deprecated since Kubernetes 1.36; it is to be off by default from 1.40, and gone from kube-proxy in 1.43.',
        objects: [serviceRef(service, 'spec.externalIPs')],
      };
    }
  },
};
