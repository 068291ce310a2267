import type { EndpointSlice } from '../../snapshot/endpoint-slice.ts';
import { groupBy } from '../../util/group-by.ts';
import { count } from '../count.ts';
import type { LintFinding, LintRule } from '../lint-rule.ts';
import { sliceRef } from '../refs.ts';

/**
 * All ready endpoints of a Service have hints, or none
 *
 * kube-proxy ignores the hints of all where a single one lacks them.
 */
export const hintsIncomplete: LintRule = {
  code: 'HINTS_INCOMPLETE',
  *check({ services }) {
    for (const { slices } of services) {
      for (const ofFamily of groupBy(slices, ({ addressType }) => addressType).values()) {
        yield* findMissing(ofFamily);
      }
    }
  },
};

function findMissing(slices: readonly EndpointSlice[]): LintFinding[] {
  let hinted = 0;
  let missing = 0;
  let first: LintFinding['objects'] = [];
  for (const slice of slices) {
    for (const [index, { conditions, hints }] of slice.endpoints.entries()) {
      if (conditions?.ready === false) continue;
      if ((hints?.forZones ?? hints?.forNodes ?? []).length > 0) hinted++;
      else if (missing++ === 0) first = [sliceRef(slice, `endpoints[${index}]`)];
    }
  }
  if (hinted === 0 || missing === 0) return [];
  return [
    {
      message: `${count(missing, 'ready endpoint')} of this Service ${missing === 1 ? 'has' : 'have'} no hints, so those of the other ${hinted} are ignored: traffic goes to all zones alike.`,
      objects: first,
    },
  ];
}
