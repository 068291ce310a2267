import { isExternallyAccessible } from '../../service/service-port.ts';
import { listNames } from '../../util/list-names.ts';
import type { LintRule } from '../lint-rule.ts';
import { nodesWithoutEndpoint } from '../nodes-without-endpoint.ts';
import { serviceRef } from '../refs.ts';

/**
 * With internalTrafficPolicy Local every node has an endpoint
 *
 * On a node without one, no pod reaches the Service by its cluster IP.
 */
export const internalLocalNodes: LintRule = {
  code: 'INTERNAL_LOCAL_NODES',
  *check(context) {
    const verb = context.mode === 'ipvs' ? 'refused' : 'dropped';
    for (const served of context.services) {
      if (served.service.spec.internalTrafficPolicy !== 'Local') continue;
      const isExternal = served.servicePorts.some(({ servicePort }) =>
        isExternallyAccessible(servicePort),
      );
      // In ipvs mode a Service with other addresses is delivered to other nodes.
      if (context.mode === 'ipvs' && isExternal) continue;
      const names = nodesWithoutEndpoint(served, context);
      if (names.length === 0) continue;
      yield {
        message: `${listNames(names)} ${names.length === 1 ? 'has' : 'have'} no endpoint of this Service: with internalTrafficPolicy Local, calls by its cluster IP are ${verb} there.`,
        objects: [serviceRef(served.service, 'spec.internalTrafficPolicy')],
      };
    }
  },
};
