import { parseRange } from '../../../ruleset/nftables/normalize-range.ts';
import { certainly } from './match-context.ts';
import { allOf } from './all-of.ts';
import type { ModuleMatcher } from './match-other.ts';

/** xt_iprange: addresses from one to another. */
export const matchRange: ModuleMatcher = (options, { packet }) =>
  allOf(options, ({ name, values: [value = ''] }) => {
    const range = parseRange(value);
    const endpoint = name === '--src-range' ? packet.source : packet.destination;
    const own = parseRange(endpoint.text);
    if (!range || !own) return undefined;
    return certainly(
      range.bytes === own.bytes && range.first <= own.first && own.first <= range.last,
    );
  });
