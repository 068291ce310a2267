import type { Chance } from '../../walk/walk.ts';
import { certainly } from './match-context.ts';
import type { ModuleContext, ModuleMatcher } from './match-other.ts';
import { allOf } from './all-of.ts';

/** xt_owner: the process that sends the packet. One that comes from elsewhere has none, and matches nothing that is not inverted. */
export const matchOwner: ModuleMatcher = (options, { packet }) =>
  allOf(options, ({ name, values: [value = ''] }) => {
    if (!packet.isFromNode) return 0;
    if (name === '--socket-exists') return 1;
    if (name === '--uid-owner') return isWithin(packet.uid, value);
    return name === '--gid-owner' ? isWithin(packet.gid, value) : undefined;
  });

function isWithin(id: ModuleContext['packet']['uid'], value: string): Chance {
  const [first, last = first] = value.split('-').map(Number);
  if (id === undefined || first === undefined || last === undefined) return undefined;
  return Number.isNaN(first + last) ? undefined : certainly(id >= first && id <= last);
}
