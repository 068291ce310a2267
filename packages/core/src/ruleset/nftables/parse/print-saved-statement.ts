import { lex } from './lex.ts';
import type {
  Count,
  KnownStatement,
  SavedData,
  SavedExpression,
  SavedMapOperand,
  SavedOperand,
  SavedStatement,
  SavedVerdict,
  Word,
} from './saved-statement.ts';

type Kind = KnownStatement['kind'];
type StatementOf<K extends Kind> = KnownStatement & { readonly kind: K };
type Printers = { readonly [K in Kind]: (statement: StatementOf<K>) => string };

const printers: Printers = {
  match: ({ left, operator, right }) =>
    `${printSavedExpression(left)} ${operator === undefined ? '' : `${operator} `}${printOperand(right)}`,
  verdict: ({ verdict }) => printSavedVerdict(verdict),
  reject: (statement) => join('reject', statement.with && `with ${statement.with.join(' ')}`),
  mangle: ({ target, value }) =>
    `${printSavedExpression(target)} set ${typeof value === 'string' ? value : printSavedExpression(value)}`,
  masquerade: ({ flags }) => join('masquerade', printFlags(flags)),
  vmap: ({ key, map }) => `${printSavedExpression(key)} vmap ${printMap(map)}`,
  nat: ({ type, form, destination, flags }) =>
    join([type, ...form, 'to', destination].join(' '), printFlags(flags)),
  mapNAT: ({ type, form, key, map }) =>
    `${[type, ...form, 'to'].join(' ')} ${printSavedExpression(key)} map ${printMap(map)}`,
  update: ({ operation, set, key, timeout }) =>
    `${operation} @${set} { ${join(printSavedExpression(key), timeout && `timeout ${timeout}`)} }`,
  counter: ({ count }) => printCounter(count),
  limit: ({ words }) => `limit rate ${words.join(' ')}`,
};

/** Prints a statement with the usual blanks, one space between words. */
export function printKnownStatement<K extends Kind>(
  statement: StatementOf<K> & { kind: K },
): string {
  return printers[statement.kind](statement);
}

/** Prints a statement as it was written. */
export function printSavedStatement(statement: SavedStatement): string {
  if (statement.kind === 'other') return printWords(statement.words);
  return layOut(printKnownStatement(statement), statement.layout);
}

/** Sets what has the usual blanks with other ones: `layout` has those before each token but the first. */
export function layOut(text: string, layout: readonly string[] | undefined): string {
  if (layout === undefined) return text;
  const { starts, ends } = lex(text);
  let laid = '';
  for (const [index, start] of starts.entries()) {
    if (index > 0) laid += layout[index - 1] ?? '';
    laid += text.slice(start, ends[index]);
  }
  return laid;
}

/** Prints words with the blanks between them; those before the first are left out. */
export function printWords(words: readonly Word[]): string {
  let text = '';
  for (const [index, word] of words.entries())
    text += index === 0 ? word.text : `${word.gap ?? ' '}${word.text}`;
  return text;
}

function join(first: string, second: string | undefined): string {
  return second === undefined || second === '' ? first : `${first} ${second}`;
}

function printFlags(flags: readonly string[]): string {
  return flags.join(',');
}

export function printCounter(count: Count | undefined): string {
  return count ? `counter packets ${count.packets} bytes ${count.bytes}` : 'counter';
}

export function printSavedExpression(expression: SavedExpression): string {
  switch (expression.kind) {
    case 'payload':
      return `${expression.protocol} ${expression.field}`;
    case 'meta':
      return expression.bare ? expression.key : `meta ${expression.key}`;
    case 'ct':
      return `ct ${expression.key}`;
    case 'fib':
      return `fib ${expression.fields.join(' . ')} ${expression.result}`;
    case 'numgen': {
      const { mode, modulus, offset } = expression;
      return join(`numgen ${mode} mod ${modulus}`, offset && `offset ${offset}`);
    }
    case 'bits':
      return `${printSavedExpression(expression.expression)} ${expression.operator} ${expression.operand}`;
    case 'concatenation':
      return expression.parts.map(printSavedExpression).join(' . ');
  }
}

function printOperand(operand: SavedOperand): string {
  switch (operand.kind) {
    case 'value':
      return operand.text;
    case 'set':
      return `@${operand.name}`;
    case 'anonymousSet':
      return `{ ${operand.values.join(', ')} }`;
  }
}

function printMap(map: SavedMapOperand): string {
  if (map.kind === 'map') return `@${map.name}`;
  const entries = map.entries.map(
    ({ key, data }) => `${key.join(' . ')} : ${printSavedData(data)}`,
  );
  return `{ ${entries.join(', ')} }`;
}

export function printSavedData(data: SavedData): string {
  return data.kind === 'verdict' ? printSavedVerdict(data.verdict) : data.parts.join(' . ');
}

function printSavedVerdict(verdict: SavedVerdict): string {
  return 'chain' in verdict ? `${verdict.kind} ${verdict.chain}` : verdict.kind;
}
