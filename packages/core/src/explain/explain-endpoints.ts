import type { ListedEndpoint } from '../service/endpoint-index.ts';
import {
  clusterReason,
  isUsedReason,
  localReason,
  type Selection,
  type SelectionReason,
} from '../service/select-endpoints.ts';
import type { SelectedEndpoints } from '../service/select-endpoints.ts';
import type { EndpointExplanation, EndpointUse } from './explanation.ts';

/** For each endpoint of a service port whether it is used, for which traffic, and why. */
export function explainEndpoints(
  listed: readonly ListedEndpoint[],
  selection: Selection,
  { cluster, local }: SelectedEndpoints,
): EndpointExplanation[] {
  return listed.map(({ endpoint, slice, replacedBy }) => {
    const { address, nodeName, isLocal } = endpoint;
    const place = { address, ...(nodeName !== undefined && { nodeName }), isLocal, slice };
    if (replacedBy !== undefined) return { ...place, replacedBy };
    return {
      ...place,
      ...(selection.usesCluster && {
        cluster: useOf(clusterReason(endpoint, selection), cluster.length),
      }),
      ...(selection.usesLocal && { local: useOf(localReason(endpoint, selection), local.length) }),
    };
  });
}

function useOf(reason: SelectionReason, sharers: number): EndpointUse {
  return { share: isUsedReason(reason) ? 1 / sharers : 0, reason };
}
