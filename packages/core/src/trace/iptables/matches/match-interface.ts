import { matchInterfaceName } from '../../walk/interface-name.ts';
import { certainly, type Matcher } from './match-context.ts';

export const matchInInterface: Matcher<'inInterface'> = ({ name }, { inInterface }) =>
  matchInterfaceName(inInterface, name, '+');

export const matchOutInterface: Matcher<'outInterface'> = ({ name }, { outInterface }) =>
  matchInterfaceName(outInterface, name, '+');

/** xt_physdev: whether the packet came in by a port of a bridge. */
export const matchPhysdevIsIn: Matcher<'physdevIsIn'> = (_match, { isFromBridge }) =>
  isFromBridge === undefined ? undefined : certainly(isFromBridge);
