export type { Entry, IPSet, SetEntry, SetOptions, SetType } from './ast.ts';
export {
  normalizeCompiledIPSets,
  normalizeSavedIPSets,
  type NormalEntry,
  type NormalIPSet,
} from './normalize-ipsets.ts';
export { parseIPSets, type ParsedIPSets } from './parse-ipsets.ts';
export { printEntry } from './print-entry.ts';
export { printIPSets } from './print-ipsets.ts';
export { printSavedIPSets } from './print-saved-ipsets.ts';
export type { SavedEntry, SavedIPSets, SavedLine } from './saved-ast.ts';
export { longestSetName, setName, type SetName } from './set-name.ts';
