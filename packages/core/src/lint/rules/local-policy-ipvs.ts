import { listNames } from '../../util/list-names.ts';
import { isExternalLocal } from '../is-external-local.ts';
import type { LintRule } from '../lint-rule.ts';
import { nodesWithoutEndpoint } from '../nodes-without-endpoint.ts';
import { serviceRef } from '../refs.ts';

/**
 * In ipvs mode, policy Local has a local endpoint
 *
 * Without one, kube-proxy uses the endpoints of other nodes, and masquerades nothing: the answer
 * does not come back by this node.
 */
export const localPolicyIpvs: LintRule = {
  code: 'LOCAL_POLICY_IPVS',
  modes: ['ipvs'],
  *check(context) {
    for (const served of context.services) {
      const isLocal = isExternalLocal(served.servicePorts);
      const names = isLocal ? nodesWithoutEndpoint(served, context) : [];
      if (names.length === 0) continue;
      yield {
        message: `${listNames(names)} ${names.length === 1 ? 'has' : 'have'} no endpoint of this Service: in mode ipvs, what comes in there from outside goes to other nodes with the client's address, and the answer is lost.`,
        objects: [serviceRef(served.service, 'spec.externalTrafficPolicy')],
      };
    }
  },
};
