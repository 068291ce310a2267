import { listNames } from '../../util/list-names.ts';
import { isExternalLocal } from '../is-external-local.ts';
import type { LintRule } from '../lint-rule.ts';
import { nodesWithoutEndpoint } from '../nodes-without-endpoint.ts';
import { serviceRef } from '../refs.ts';

/**
 * Every node that is asked has an endpoint
 *
 * With externalTrafficPolicy Local a node without an endpoint of its own drops what comes from outside.
 */
export const externalLocalNodes: LintRule = {
  code: 'EXTERNAL_LOCAL_NODES',
  modes: ['iptables', 'nftables'],
  *check(context) {
    for (const served of context.services) {
      const isLocal = isExternalLocal(served.servicePorts);
      const names = isLocal ? nodesWithoutEndpoint(served, context) : [];
      if (names.length === 0) continue;
      yield {
        message: `${listNames(names)} ${names.length === 1 ? 'has' : 'have'} no endpoint of this Service: with externalTrafficPolicy Local, what comes in there from outside the cluster is dropped.`,
        objects: [serviceRef(served.service, 'spec.externalTrafficPolicy')],
      };
    }
  },
};
