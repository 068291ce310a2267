import type { EndpointSlice } from '../../snapshot/endpoint-slice.ts';
import { groupBy } from '../../util/group-by.ts';
import { hasHints } from '../has-hints.ts';
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
  *check({ services, hasHints: areHinted }) {
    if (!areHinted) return;
    for (const { slices } of services) {
      if (!slices.some(hasHints)) continue;
      for (const ofFamily of groupBy(slices, ({ addressType }) => addressType).values()) {
        yield* findMissing(ofFamily);
      }
    }
  },
};

const kinds = { forZones: 'zone', forNodes: 'node' } as const;

function* findMissing(slices: readonly EndpointSlice[]): Iterable<LintFinding> {
  const ready = slices.flatMap((slice) =>
    slice.endpoints.flatMap(({ conditions, hints }, index) =>
      conditions?.ready === false ? [] : [{ slice, index, hints }],
    ),
  );
  for (const kind of ['forZones', 'forNodes'] as const) {
    const without = ready.filter(({ hints }) => (hints?.[kind] ?? []).length === 0);
    const [first] = without;
    const hinted = ready.length - without.length;
    if (!first || hinted === 0) continue;
    yield {
      message: `${count(without.length, 'ready endpoint')} of this Service ${without.length === 1 ? 'has' : 'have'} no ${kinds[kind]} hint, so those of the other ${hinted} are ignored.`,
      objects: [sliceRef(first.slice, `endpoints[${first.index}]`)],
    };
  }
}
