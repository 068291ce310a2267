import { quoteValue } from '../../util/quote-value.ts';
import { count } from '../count.ts';
import type { LintRule } from '../lint-rule.ts';
import { zoneOf } from '../../service/zone-of.ts';
import { sliceRef } from '../refs.ts';

interface Place {
  readonly what: 'zone' | 'node';
  readonly name: string;
  readonly ref: ReturnType<typeof sliceRef>;
  count: number;
}

/**
 * Hints name zones and Nodes that exist
 *
 * An endpoint that is hinted for nowhere gets no traffic, or makes that of its Service go anywhere.
 */
export const hintUnknown: LintRule = {
  code: 'HINT_UNKNOWN',
  *check({ snapshot: { endpointSlices, nodes }, hasNode }) {
    if (nodes.length === 0) return;
    const zones = new Set(nodes.map(zoneOf));
    const found = new Map<string, Place>();
    const note = (place: Omit<Place, 'count'>): void => {
      const key = `${place.what} ${place.name}`;
      const known = found.get(key);
      if (known) known.count++;
      else found.set(key, { ...place, count: 1 });
    };
    for (const slice of endpointSlices) {
      for (const [index, { hints }] of slice.endpoints.entries()) {
        for (const [at, { name }] of (hints?.forZones ?? []).entries()) {
          const ref = (): Place['ref'] =>
            sliceRef(slice, `endpoints[${index}].hints.forZones[${at}].name`);
          if (!zones.has(name)) note({ what: 'zone', name, ref: ref() });
        }
        for (const [at, { name }] of (hints?.forNodes ?? []).entries()) {
          const ref = (): Place['ref'] =>
            sliceRef(slice, `endpoints[${index}].hints.forNodes[${at}].name`);
          if (!hasNode(name)) note({ what: 'node', name, ref: ref() });
        }
      }
    }
    for (const { what, name, ref, count: number } of found.values()) {
      const whose =
        what === 'zone'
          ? `No Node is in the zone ${quoteValue(name)}`
          : `There is no Node ${quoteValue(name)}`;
      yield {
        message: `${whose}, for which ${count(number, 'endpoint')} ${number === 1 ? 'is' : 'are'} hinted.`,
        objects: [ref],
      };
    }
  },
};
