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
    const known = new Set(
      services.map(({ metadata: { namespace, name } }) => `${namespace}/${name}`),
    );
    for (const slice of endpointSlices) {
      const { namespace, labels } = slice.metadata;
      const name = `${namespace}/${labels?.[serviceNameLabel]}`;
      if (known.has(name)) continue;
      yield {
        message: `There is no Service ${quoteValue(name)}, to which the slice belongs: its endpoints are used by nobody.`,
        objects: [sliceRef(slice, 'metadata.labels["kubernetes.io/service-name"]')],
      };
    }
  },
};
