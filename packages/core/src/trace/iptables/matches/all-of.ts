import type { Option } from '../../../ruleset/iptables/parse-match.ts';
import type { Chance } from '../../walk/walk.ts';

/** How likely all options hold; `undefined` if one is not known and none fails. */
export function allOf(options: readonly Option[], chanceOf: (option: Option) => Chance): Chance {
  let chance: Chance = 1;
  for (const option of options) {
    const found = chanceOf(option);
    if (found === undefined) chance = undefined;
    else {
      const own = option.inverted ? 1 - found : found;
      if (own === 0) return 0;
      if (chance !== undefined) chance *= own;
    }
  }
  return chance;
}
