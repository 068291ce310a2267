export type { Backend } from './backend.ts';
export type { Document, JumpStep, Match, Rule, Table, TableName, Target } from './ast.ts';
export { chainName, type ChainName } from './chain-name.ts';
export { normalizeCompiled, normalizeSaved } from './normalize.ts';
export type {
  NormalChain,
  NormalMatch,
  NormalRule,
  NormalRuleset,
  NormalRuleSource,
  NormalTable,
  NormalTarget,
} from './normal.ts';
export { parseJumps, type ParsedJumps } from './parse-jumps.ts';
export { parseIptables, type ParsedSave } from './parse-save.ts';
export { takeKnownRules, type TakenRules } from './take-known-rules.ts';
export { printJumps } from './print-jumps.ts';
export { printRestore } from './print-restore.ts';
export { printRule } from './print-rule.ts';
export { printSave } from './print-save.ts';
export { printSaved, printSavedJumps, printSavedRule } from './print-saved.ts';
export { printScript } from './print-script.ts';
export type {
  Counters,
  OptionWord,
  SavedBlank,
  SavedChain,
  SavedComment,
  SavedDocument,
  SavedJump,
  SavedJumps,
  SavedMatch,
  SavedRule,
  SavedTable,
  SavedTarget,
} from './saved.ts';
