import { count } from '../count.ts';
import type { LintRule } from '../lint-rule.ts';
import { serviceRef, sliceRef } from '../refs.ts';

/**
 * Endpoints for policy Local say where they are
 *
 * An endpoint without nodeName is local on no node.
 */
export const endpointNodeMissing: LintRule = {
  code: 'ENDPOINT_NODE_MISSING',
  *check({ services }) {
    for (const { service, slices, servicePorts } of services) {
      const isLocal = servicePorts.some(
        ({ servicePort }) => servicePort.externalPolicyLocal || servicePort.internalPolicyLocal,
      );
      if (!isLocal) continue;
      const places = slices.flatMap((slice) =>
        slice.endpoints.flatMap(({ nodeName }, index) =>
          nodeName === undefined ? [sliceRef(slice, `endpoints[${index}]`)] : [],
        ),
      );
      const [first] = places;
      if (!first) continue;
      yield {
        message: `${count(places.length, 'endpoint')} of this Service ${places.length === 1 ? 'has' : 'have'} no nodeName: under policy Local ${places.length === 1 ? 'it serves' : 'they serve'} no node.`,
        objects: [first, serviceRef(service)],
      };
    }
  },
};
