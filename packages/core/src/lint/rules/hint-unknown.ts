import type { EndpointSlice } from '../../snapshot/endpoint-slice.ts';
import { quoteValue } from '../../util/quote-value.ts';
import { count } from '../count.ts';
import type { LintContext } from '../lint-context.ts';
import type { LintFinding, LintRule } from '../lint-rule.ts';
import { zoneOf } from '../../service/zone-of.ts';
import { sliceRef } from '../refs.ts';

/**
 * Hints name zones and Nodes that exist
 *
 * An endpoint that is hinted for nowhere gets no traffic, or makes that of its Service go anywhere.
 */
export const hintUnknown: LintRule = {
  code: 'HINT_UNKNOWN',
  *check({ snapshot: { endpointSlices, nodes }, hasHints, hasNode }) {
    if (nodes.length === 0 || !hasHints) return;
    const zones = new Set(nodes.map(zoneOf));
    const found = new Map<string, LintFinding['objects'][number][]>();
    for (const slice of endpointSlices) {
      for (const [index, { hints }] of slice.endpoints.entries()) {
        if (!hints) continue;
        const path = `endpoints[${index}].hints`;
        for (const { text, path: place } of unknownPlaces(hints, { zones, hasNode })) {
          const refs = found.get(text) ?? [];
          found.set(text, refs);
          refs.push(sliceRef(slice, `${path}.${place}`));
        }
      }
    }
    for (const [place, refs] of found) {
      yield {
        message: `${place}, for which ${count(refs.length, 'endpoint')} ${refs.length === 1 ? 'is' : 'are'} hinted.`,
        objects: refs.slice(0, 1),
      };
    }
  },
};

type Hints = NonNullable<EndpointSlice['endpoints'][number]['hints']>;

interface Known extends Pick<LintContext, 'hasNode'> {
  readonly zones: ReadonlySet<string>;
}

function* unknownPlaces(
  { forZones = [], forNodes = [] }: Hints,
  { zones, hasNode }: Known,
): Iterable<{ text: string; path: string }> {
  for (const [at, { name }] of forZones.entries()) {
    const text = `No Node is in the zone ${quoteValue(name)}`;
    if (!zones.has(name)) yield { text, path: `forZones[${at}].name` };
  }
  for (const [at, { name }] of forNodes.entries()) {
    const text = `There is no Node ${quoteValue(name)}`;
    if (!hasNode(name)) yield { text, path: `forNodes[${at}].name` };
  }
}
