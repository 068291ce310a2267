export type {
  Chain,
  DataType,
  Destination,
  Element,
  ElementType,
  Expression,
  Hook,
  NamedMap,
  NamedSet,
  Operand,
  Rule,
  Statement,
  Table,
  Verdict,
} from './ast.ts';
export { changeTable, type TableChange } from './change-table.ts';
export { isObjectName, longestName, objectName, type ObjectName } from './names.ts';
export { printElement } from './print-element.ts';
export { printReplacement, printTable, type PrintTableOptions } from './print-table.ts';
export type {
  NormalChain,
  NormalData,
  NormalElement,
  NormalExpression,
  NormalHook,
  NormalMap,
  NormalOperand,
  NormalRule,
  NormalSet,
  NormalSource,
  NormalStatement,
  NormalTable,
  NormalVerdict,
} from './normal.ts';
export { normalizeCompiled, normalizeParsed } from './normalize.ts';
export { parseNftables, type ParsedNftables } from './parse/parse-nftables.ts';
export { printNftables } from './parse/print-nftables.ts';
export type {
  Count,
  KnownStatement,
  Laid,
  OtherStatement,
  SavedData,
  SavedExpression,
  SavedMapEntry,
  SavedMapOperand,
  SavedOperand,
  SavedStatement,
  SavedVerdict,
  Word,
} from './parse/saved-statement.ts';
export type {
  Block,
  ElementOption,
  KnownElement,
  OtherElement,
  Place,
  RuleCommand,
  SavedChain,
  SavedComment,
  SavedDocument,
  SavedElement,
  SavedElements,
  SavedItem,
  SavedJSON,
  SavedOther,
  SavedProperty,
  SavedRemoval,
  SavedRule,
  SavedSet,
  SavedTable,
  SavedText,
  UnknownText,
} from './parse/saved.ts';
export {
  printChainDeclaration,
  printNormalElement,
  printNormalRule,
  printNormalTable,
  printSetDeclaration,
} from './print-normal.ts';
export { printNormalExpression, printNormalStatement } from './print-normal-statement.ts';
