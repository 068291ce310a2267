import type { Destination, Expression, Operand, Statement, Verdict } from './ast.ts';
import { printMark } from '../../util/print-mark.ts';
import { printWord } from './print-word.ts';

type StatementOf<Kind extends Statement['kind']> = Extract<Statement, { readonly kind: Kind }>;
type Printers = { readonly [Kind in Statement['kind']]: (statement: StatementOf<Kind>) => string };

const printers: Printers = {
  match: ({ left, inverted, right }) =>
    `${printExpression(left)} ${inverted ? '!= ' : ''}${printOperand(right)}`,
  verdict: ({ verdict }) => printVerdict(verdict),
  reject: () => 'reject',
  markSet: ({ operation, mark }) => `mark set mark ${operation} ${printMark(mark)}`,
  masquerade: () => 'masquerade fully-random',
  vmap: ({ key, map }) => `${printExpression(key)} vmap @${map}`,
  randomVerdict: ({ verdicts }) =>
    `${printNumgen(verdicts.length)} vmap { ${printNumbered(verdicts.map(printVerdict))} }`,
  dnat: ({ destination }) => `dnat to ${printWord(destination)}`,
  randomDNAT: ({ family, destinations }) => {
    const data = destinations.map(printDestination);
    return `dnat ${family} addr . port to ${printNumgen(data.length)} map { ${printNumbered(data)} }`;
  },
  mapDNAT: ({ family, key, map }) =>
    `dnat ${family} addr . port to ${printExpression(key)} map @${map}`,
  update: ({ set, key, timeout }) => {
    const until = timeout === undefined ? '' : ` timeout ${timeout}s`;
    return `update @${set} { ${printExpression(key)}${until} }`;
  },
};

export function printStatement<Kind extends Statement['kind']>(
  statement: StatementOf<Kind> & { kind: Kind },
): string {
  return printers[statement.kind](statement);
}

export function printVerdict(verdict: Verdict): string {
  return verdict.kind === 'drop' ? 'drop' : `${verdict.kind} ${verdict.chain}`;
}

export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'payload':
      return `${expression.protocol} ${expression.field}`;
    case 'meta':
      return expression.key === 'l4proto' ? 'meta l4proto' : expression.key;
    case 'ct':
      return `ct ${expression.key}`;
    case 'fib':
      return `fib ${expression.field} type`;
    case 'numgen':
      return printNumgen(expression.modulus, expression.offset);
    case 'markAnd':
      return `mark and ${printMark(expression.mask)}`;
    case 'concatenation':
      return expression.parts.map(printExpression).join(' . ');
  }
}

/** Prints the data of an element: `ADDRESS . PORT`. */
export function printDestination({ ip, port }: Destination): string {
  return `${printWord(ip)} . ${port}`;
}

function printOperand(operand: Operand): string {
  switch (operand.kind) {
    case 'value':
      return printWord(operand.text);
    case 'set':
      return `@${operand.name}`;
    case 'anonymousSet':
      return `{ ${operand.values.map(printWord).join(' , ')} }`;
  }
}

function printNumgen(modulus: number, offset = 0): string {
  return `numgen random mod ${modulus}${offset === 0 ? '' : ` offset ${offset}`}`;
}

function printNumbered(values: readonly string[]): string {
  return values.map((value, index) => `${index} : ${value}`).join(' , ');
}
