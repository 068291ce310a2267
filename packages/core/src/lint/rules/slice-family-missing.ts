import { families } from '../../netaddr/family.ts';
import type { LintRule } from '../lint-rule.ts';
import { serviceRef } from '../refs.ts';

/**
 * A dual-stack Service has endpoints in both families
 *
 * Its cluster IP of the other family is there, and refuses.
 */
export const sliceFamilyMissing: LintRule = {
  code: 'SLICE_FAMILY_MISSING',
  *check({ services }) {
    for (const { service, servicePorts } of services) {
      const has = (family: string): boolean =>
        servicePorts.some(
          ({ servicePort, allEndpoints }) =>
            servicePort.family === family && allEndpoints.length > 0,
        );
      const served = new Set(servicePorts.map(({ servicePort }) => servicePort.family));
      if (served.size < 2) continue;
      const [missing, ...others] = families.filter((family) => !has(family));
      if (missing === undefined || others.length > 0) continue;
      yield {
        message: `The Service has cluster IPs of both families, but endpoints of one: by ${missing} it is refused.`,
        objects: [
          serviceRef(service, `spec.clusterIPs[${service.spec.ipFamilies?.indexOf(missing) ?? 0}]`),
        ],
      };
    }
  },
};
