import type { LintRule } from '../lint-rule.ts';
import { serviceRef } from '../refs.ts';

/**
 * In ipvs mode, affinity outlives endpoints
 *
 * The kernel's persistence template is renewed as long as connections linger, and leads to an
 * endpoint that is gone.
 */
export const affinityIpvs: LintRule = {
  code: 'AFFINITY_IPVS',
  modes: ['ipvs'],
  *check({ services }) {
    for (const { service, servicePorts } of services) {
      const seconds = servicePorts[0]?.servicePort.affinitySeconds;
      if (seconds === undefined) continue;
      yield {
        message: `In mode ipvs a client stays bound to its endpoint for ${seconds} seconds after its last connection has ended, even if the endpoint is gone by then.`,
        objects: [serviceRef(service, 'spec.sessionAffinity')],
      };
    }
  },
};
