export type { Entry, IPSet, SetEntry, SetOptions, SetType } from './ast.ts';
export { printEntry } from './print-entry.ts';
export { printIPSets } from './print-ipsets.ts';
export { longestSetName, setName, type SetName } from './set-name.ts';
