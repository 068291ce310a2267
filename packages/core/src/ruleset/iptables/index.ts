export type { Document, JumpStep, Match, Rule, Table, TableName, Target } from './ast.ts';
export { chainName, type ChainName } from './chain-name.ts';
export { printJumps } from './print-jumps.ts';
export { printRestore } from './print-restore.ts';
export { printRule } from './print-rule.ts';
export { printSave } from './print-save.ts';
export { printScript } from './print-script.ts';
