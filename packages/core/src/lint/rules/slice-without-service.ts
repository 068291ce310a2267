import { serviceNameLabel } from '../../snapshot/endpoint-slice.ts';
import { quoteValue } from '../../util/quote-value.ts';
import type { LintRule } from '../lint-rule.ts';
import { sliceRef } from '../refs.ts';

/**
 * A slice belongs to a Service that is there
 *
 * Its endpoints are used by nobody.
 */
export const sliceWithoutService: LintRule = {
  code: 'SLICE_WITHOUT_SERVICE',
  *check({ snapshot: { services, endpointSlices } }) {
    if (services.length === 0) return;
    const known = new Map<string, Set<string>>();
    for (const { metadata } of services) {
      const names = known.get(metadata.namespace);
      if (names) names.add(metadata.name);
      else known.set(metadata.namespace, new Set([metadata.name]));
    }
    for (const slice of endpointSlices) {
      const { namespace, labels } = slice.metadata;
      const name = labels?.[serviceNameLabel] ?? '';
      if (known.get(namespace)?.has(name)) continue;
      yield {
        message: `There is no Service ${quoteValue(`${namespace}/${name}`)}, to which the slice belongs: its endpoints are used by nobody.`,
        objects: [sliceRef(slice, 'metadata.labels["kubernetes.io/service-name"]')],
      };
    }
  },
};
