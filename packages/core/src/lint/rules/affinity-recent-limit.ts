import type { LintRule } from '../lint-rule.ts';
import { serviceRef } from '../refs.ts';

/**
 * In iptables mode, affinity is for few clients
 *
 * xt_recent remembers 100 addresses for each endpoint, unless the module was loaded otherwise.
 */
export const affinityRecentLimit: LintRule = {
  code: 'AFFINITY_RECENT_LIMIT',
  modes: ['iptables'],
  *check({ services }) {
    for (const { service, servicePorts } of services) {
      if (servicePorts[0]?.servicePort.affinitySeconds === undefined) continue;
      yield {
        message:
          'In mode iptables a node remembers 100 clients for each endpoint: of more, the oldest lose their affinity.',
        objects: [serviceRef(service, 'spec.sessionAffinity')],
      };
    }
  },
};
