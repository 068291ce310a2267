export type {
  Chain,
  DataType,
  Destination,
  Element,
  Expression,
  Hook,
  NamedSet,
  Operand,
  Rule,
  Statement,
  Table,
  Verdict,
  VerdictMap,
} from './ast.ts';
export { longestName, objectName, type ObjectName } from './names.ts';
export { printElement, printReplacement, printTable } from './print-table.ts';
