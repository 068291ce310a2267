import { lookUp } from '../../ipset/look-up.ts';
import { certainly, type Matcher } from './match-context.ts';

/** xt_set: whether an ipset has what the packet's fields make. */
export const matchSet: Matcher<'set'> = ({ name, fields }, packet, { sets }) => {
  const set = sets.get(name);
  if (!set) return undefined;
  const found = lookUp(set, fields, packet);
  return found === undefined ? undefined : certainly(found !== 'none');
};
