import { printMark } from '../../util/print-mark.ts';
import type { Destination, Expression, Operand, Statement, Verdict } from './ast.ts';
import type {
  KnownStatement,
  SavedData,
  SavedExpression,
  SavedMapOperand,
  SavedOperand,
} from './parse/saved-statement.ts';

type Kind = Statement['kind'];
type StatementOf<K extends Kind> = Extract<Statement, { readonly kind: K }>;
type Makers = { readonly [K in Kind]: (statement: StatementOf<K>) => KnownStatement };

const makers: Makers = {
  match: ({ left, inverted, right }) => ({
    kind: 'match',
    left: savedExpression(left),
    ...(inverted && { operator: '!=' }),
    right: savedOperand(right),
  }),
  verdict: (statement) => statement,
  reject: () => ({ kind: 'reject' }),
  markSet: ({ operation, mark }) => ({
    kind: 'mangle',
    target: markExpression,
    value: {
      kind: 'bits',
      expression: markExpression,
      operator: operation,
      operand: printMark(mark),
    },
  }),
  masquerade: () => ({ kind: 'masquerade', flags: ['fully-random'] }),
  vmap: ({ key, map }) => ({ kind: 'vmap', key: savedExpression(key), map: namedMap(map) }),
  randomVerdict: ({ verdicts }) => ({
    kind: 'vmap',
    key: randomBelow(verdicts.length),
    map: numbered(verdicts.map(verdictData)),
  }),
  dnat: ({ destination }) => ({ kind: 'nat', type: 'dnat', form: [], destination, flags: [] }),
  randomDNAT: ({ family, destinations }) => ({
    kind: 'mapNAT',
    type: 'dnat',
    form: [family, 'addr', '.', 'port'],
    key: randomBelow(destinations.length),
    map: numbered(destinations.map(destinationData)),
  }),
  mapDNAT: ({ family, key, map }) => ({
    kind: 'mapNAT',
    type: 'dnat',
    form: [family, 'addr', '.', 'port'],
    key: savedExpression(key),
    map: namedMap(map),
  }),
  update: ({ set, key, timeout }) => ({
    kind: 'update',
    operation: 'update',
    set,
    key: savedExpression(key),
    ...(timeout !== undefined && { timeout: `${timeout}s` }),
  }),
};

/** A compiled statement in the words in which it is written. */
export function savedStatementOf<K extends Kind>(
  statement: StatementOf<K> & { kind: K },
): KnownStatement {
  return makers[statement.kind](statement);
}

const markExpression: SavedExpression = { kind: 'meta', key: 'mark', bare: true };

/** A compiled expression in the words in which it is written. */
export function savedExpression(expression: Expression): SavedExpression {
  switch (expression.kind) {
    case 'payload':
    case 'ct':
      return expression;
    case 'meta':
      return expression.key === 'l4proto'
        ? expression
        : { kind: 'meta', key: expression.key, bare: true };
    case 'fib':
      return { kind: 'fib', fields: [expression.field], result: 'type' };
    case 'numgen':
      return randomBelow(expression.modulus, expression.offset);
    case 'markAnd': {
      const operand = printMark(expression.mask);
      return { kind: 'bits', expression: markExpression, operator: 'and', operand };
    }
    case 'concatenation':
      return { kind: 'concatenation', parts: expression.parts.map(savedExpression) };
  }
}

function randomBelow(modulus: number, offset = 0): SavedExpression {
  return {
    kind: 'numgen',
    mode: 'random',
    modulus: String(modulus),
    ...(offset !== 0 && { offset: String(offset) }),
  };
}

function savedOperand(operand: Operand): SavedOperand {
  return operand;
}

function namedMap(name: string): SavedMapOperand {
  return { kind: 'map', name };
}

function numbered(data: readonly SavedData[]): SavedMapOperand {
  return {
    kind: 'anonymousMap',
    entries: data.map((data, index) => ({ key: [String(index)], data })),
  };
}

export function verdictData(verdict: Verdict): SavedData {
  return { kind: 'verdict', verdict };
}

export function destinationData({ ip, port }: Destination): SavedData {
  return { kind: 'values', parts: [ip, String(port)] };
}
