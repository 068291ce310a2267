import { lookUp } from '../../ipset/look-up.ts';
import { certainly } from './match-context.ts';
import { allOf } from './all-of.ts';
import type { ModuleMatcher } from './match-other.ts';

/** Options that change what a set counts, not whether it matches. */
const aside = new Set(['--update-counters', '--update-subcounters', '--return-nomatch']);

/** xt_set with more than the set to look into. */
export const matchSetOptions: ModuleMatcher = (options, { packet, sets }) =>
  allOf(
    options.filter(({ name }) => !aside.has(name)),
    ({ name, values: [setName = '', fields = ''] }) => {
      const set = name === '--match-set' ? sets.get(setName) : undefined;
      const found = set && lookUp(set, fields.split(','), packet);
      return found === undefined ? undefined : certainly(found !== 'none');
    },
  );
