import type { ElementType, NamedMap } from './ast.ts';
import { printExpression } from './print-statement.ts';

/** Prints `type …` or `typeof …` of a set, or with `data` of a map. */
export function printElementType(type: ElementType, data?: NamedMap['data']): string {
  const key = 'kind' in type ? `typeof ${printExpression(type)}` : `type ${type.join(' . ')}`;
  if (data === undefined) return key;
  return `${key} : ${data === 'verdict' ? data : printExpression(data)}`;
}
