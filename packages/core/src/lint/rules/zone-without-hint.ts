import type { EndpointSlice } from '../../snapshot/endpoint-slice.ts';
import { zoneOf } from '../../service/zone-of.ts';
import { hasHints } from '../has-hints.ts';
import { compareText } from '../../util/compare-text.ts';
import { listNames } from '../../util/list-names.ts';
import { quoteValue } from '../../util/quote-value.ts';
import type { LintRule } from '../lint-rule.ts';
import { serviceRef } from '../refs.ts';

/**
 * Every zone has an endpoint that is hinted for it
 *
 * The nodes of a zone without one use all endpoints, wherever they are.
 */
export const zoneWithoutHint: LintRule = {
  code: 'ZONE_WITHOUT_HINT',
  *check({ services, nodes, hasHints: areHinted }) {
    if (!areHinted) return;
    const zones = [...new Set(nodes.map(zoneOf))].sort(compareText);
    for (const { service, slices } of services) {
      if (!slices.some(hasHints)) continue;
      const hinted = hintedZones(slices);
      const without = hinted.size === 0 ? [] : zones.filter((zone) => !hinted.has(zone));
      if (without.length === 0) continue;
      const names = listNames(without.map((zone) => (zone === '' ? '(none)' : quoteValue(zone))));
      yield {
        message: `No ready endpoint is hinted for the ${without.length === 1 ? 'zone' : 'zones'} ${names}: nodes there use the endpoints of all zones.`,
        objects: [serviceRef(service)],
      };
    }
  },
};

function hintedZones(slices: readonly EndpointSlice[]): ReadonlySet<string> {
  const zones = new Set<string>();
  for (const { endpoints } of slices) {
    for (const { hints, conditions } of endpoints) {
      if (conditions?.ready === false) continue;
      for (const { name } of hints?.forZones ?? []) zones.add(name);
    }
  }
  return zones;
}
