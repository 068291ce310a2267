import { quoteValue } from '../../util/quote-value.ts';
import { count } from '../count.ts';
import type { LintRule } from '../lint-rule.ts';
import { sliceRef } from '../refs.ts';

/**
 * An endpoint is on a Node that exists
 *
 * kube-proxy compares names: an endpoint whose nodeName is no Node's is local nowhere.
 */
export const endpointNodeUnknown: LintRule = {
  code: 'ENDPOINT_NODE_UNKNOWN',
  *check({ snapshot: { endpointSlices, nodes }, endpointNodes, hasNode }) {
    if (nodes.length === 0 || [...endpointNodes].every(hasNode)) return;
    const found = new Map<string, { readonly ref: ReturnType<typeof sliceRef>; count: number }>();
    for (const slice of endpointSlices) {
      for (const [index, { nodeName }] of slice.endpoints.entries()) {
        if (nodeName === undefined || hasNode(nodeName)) continue;
        const known = found.get(nodeName);
        if (known) known.count++;
        else
          found.set(nodeName, { ref: sliceRef(slice, `endpoints[${index}].nodeName`), count: 1 });
      }
    }
    for (const [name, { ref, count: number }] of found) {
      const near = hasNode(name.toLowerCase()) ? `; did you mean "${name.toLowerCase()}"?` : '.';
      yield {
        message: `There is no Node ${quoteValue(name)}, on which ${count(number, 'endpoint')} should be: to policy Local ${number === 1 ? 'it is' : 'they are'} on no node${near}`,
        objects: [ref],
      };
    }
  },
};
