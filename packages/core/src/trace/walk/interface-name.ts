import type { Chance } from './walk.ts';

/** Whether an interface has a name; one that ends in `wildcard` stands for all that begin so. */
export function matchInterfaceName(
  name: string | undefined,
  pattern: string,
  wildcard: '+' | '*',
): Chance {
  if (name === undefined) return undefined;
  if (!pattern.endsWith(wildcard)) return name === pattern ? 1 : 0;
  return name !== '' && name.startsWith(pattern.slice(0, -1)) ? 1 : 0;
}
