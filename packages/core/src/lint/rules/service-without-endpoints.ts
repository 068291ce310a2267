import { isUsable } from '../../service/select-endpoints.ts';
import { count } from '../count.ts';
import type { LintRule } from '../lint-rule.ts';
import { serviceRef } from '../refs.ts';

/**
 * A Service has an endpoint that is ready
 *
 * Without one its clients are refused.
 */
export const serviceWithoutEndpoints: LintRule = {
  code: 'SERVICE_WITHOUT_ENDPOINTS',
  *check({ services, snapshot: { endpointSlices } }) {
    if (endpointSlices.length === 0) return;
    for (const { service, servicePorts, slices } of services) {
      if (servicePorts.some(({ allEndpoints }) => allEndpoints.some(isUsable))) continue;
      // Endpoints of other ports: PORT_WITHOUT_SLICE says why this Service has none.
      const isElsewhere = slices.some(({ endpoints }) => endpoints.length > 0);
      const all = servicePorts.flatMap(({ allEndpoints }) => allEndpoints);
      if (isElsewhere && all.length === 0) continue;
      const addresses = new Set(all.map(({ ip }) => ip)).size;
      const what =
        addresses === 0
          ? 'The Service has no endpoints'
          : `None of ${count(addresses, 'endpoint')} of the Service is ready`;
      yield { message: `${what}: its clients are refused.`, objects: [serviceRef(service)] };
    }
  },
};
