import type {
  NormalData,
  NormalExpression,
  NormalMap,
  NormalOperand,
  NormalStatement,
  NormalVerdict,
} from './normal.ts';

type Kind = NormalStatement['kind'];
type StatementOf<K extends Kind> = NormalStatement & { readonly kind: K };
type Printers = { readonly [K in Kind]: (statement: StatementOf<K>) => string };

const printers: Printers = {
  match: ({ left, operator, right }) =>
    `${printNormalExpression(left)} ${operator === '==' ? '' : `${operator} `}${printOperand(right)}`,
  verdict: ({ verdict }) => printVerdict(verdict),
  reject: (statement) =>
    statement.with === undefined ? 'reject' : `reject with ${statement.with}`,
  mangle: ({ target, value }) =>
    `${printNormalExpression(target)} set ${typeof value === 'string' ? value : printNormalExpression(value)}`,
  masquerade: ({ flags }) => ['masquerade', ...flags].join(' '),
  vmap: ({ key, map }) => `${printNormalExpression(key)} vmap ${printMap(map)}`,
  nat: ({ type, address = '', port, flags }) => {
    const isShort = port === undefined || !address.includes(':');
    const host = isShort ? address : `[${address}]`;
    return [`${type} to ${host}${port === undefined ? '' : `:${port}`}`, ...flags].join(' ');
  },
  mapNAT: ({ type, family, key, map }) =>
    `${type} ${family} to ${printNormalExpression(key)} map ${printMap(map)}`,
  update: ({ operation, set, key, timeout }) =>
    `${operation} @${set} { ${printNormalExpression(key)}${timeout === undefined ? '' : ` timeout ${timeout}s`} }`,
  limit: ({ text }) => `limit rate ${text}`,
  other: ({ text }) => text,
};

/** Prints a statement of the normal form, much as `nft list` does. */
export function printNormalStatement<K extends Kind>(
  statement: StatementOf<K> & { kind: K },
): string {
  return printers[statement.kind](statement);
}

export function printNormalExpression(expression: NormalExpression): string {
  switch (expression.kind) {
    case 'payload':
      return `${expression.protocol} ${expression.field}`;
    case 'meta':
      return `meta ${expression.key}`;
    case 'ct':
      return `ct ${expression.key}`;
    case 'fib':
      return `fib ${expression.fields.join(' . ')} ${expression.result}`;
    case 'numgen': {
      const { mode, modulus, offset } = expression;
      return `numgen ${mode} mod ${modulus}${offset === 0 ? '' : ` offset ${offset}`}`;
    }
    case 'bits': {
      const { expression: inner, operator, operand } = expression;
      return `${printNormalExpression(inner)} ${operator} ${operand}`;
    }
    case 'concatenation':
      return expression.parts.map(printNormalExpression).join(' . ');
  }
}

function printOperand(operand: NormalOperand): string {
  switch (operand.kind) {
    case 'value':
      return operand.text;
    case 'set':
      return `@${operand.name}`;
    case 'anonymousSet':
      return `{ ${operand.values.join(', ')} }`;
  }
}

function printMap(map: NormalMap): string {
  if (map.kind === 'map') return `@${map.name}`;
  const entries = map.entries.map(
    ({ key, data }) => `${key.join(' . ')} : ${printNormalData(data)}`,
  );
  return `{ ${entries.join(', ')} }`;
}

/** Prints what a map has for a key. */
export function printNormalData(data: NormalData): string {
  return data.kind === 'verdict' ? printVerdict(data.verdict) : data.parts.join(' . ');
}

function printVerdict(verdict: NormalVerdict): string {
  return 'chain' in verdict ? `${verdict.kind} ${verdict.chain}` : verdict.kind;
}
