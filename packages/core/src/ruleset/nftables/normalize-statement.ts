import { compareText } from '../../util/compare-text.ts';
import type {
  NormalData,
  NormalExpression,
  NormalMap,
  NormalOperand,
  NormalStatement,
} from './normal.ts';
import { normalizeExpression, typesOf } from './normalize-expression.ts';
import { normalizeValue, normalizeValues, parseDuration } from './normalize-value.ts';
import type {
  KnownStatement,
  SavedData,
  SavedMapOperand,
  SavedOperand,
} from './parse/saved-statement.ts';

type Kind = KnownStatement['kind'];
type StatementOf<K extends Kind> = KnownStatement & { readonly kind: K };
type Normalizers = {
  readonly [K in Kind]: (statement: StatementOf<K>, family: string) => NormalStatement | undefined;
};

const operators: Readonly<Record<string, '!=' | '<' | '>' | '<=' | '>='>> = {
  '!=': '!=',
  '<': '<',
  '>': '>',
  '<=': '<=',
  '>=': '>=',
};

const normalizers: Normalizers = {
  match: ({ left, operator = '', right }) =>
    normalizeMatch(normalizeExpression(left), operators[operator] ?? '==', right),
  verdict: (statement) => statement,
  reject: (statement, family) => ({
    kind: 'reject',
    with: normalizeReject(statement.with, family),
  }),
  mangle: ({ target, value }) => {
    const normal = normalizeExpression(target);
    return {
      kind: 'mangle',
      target: normal,
      value:
        typeof value === 'string'
          ? normalizeValue(value, typesOf(normal)[0])
          : normalizeExpression(value),
    };
  },
  masquerade: ({ flags }) => ({ kind: 'masquerade', flags: flags.toSorted(compareText) }),
  vmap: ({ key, map }) => {
    const normal = normalizeExpression(key);
    return { kind: 'vmap', key: normal, map: normalizeMap(map, typesOf(normal)) };
  },
  nat: ({ type, destination, flags }) => ({
    kind: 'nat',
    type,
    ...splitDestination(destination),
    flags: flags.toSorted(compareText),
  }),
  mapNAT: ({ type, form, key, map }, family) => {
    const normal = normalizeExpression(key);
    const [named] = form;
    return {
      kind: 'mapNAT',
      type,
      family: named === 'ip' || named === 'ip6' ? named : family,
      key: normal,
      map: normalizeMap(map, typesOf(normal)),
    };
  },
  update: ({ operation, set, key, timeout }) => ({
    kind: 'update',
    operation,
    set,
    key: normalizeExpression(key),
    timeout: timeout === undefined ? undefined : parseDuration(timeout),
  }),
  counter: () => undefined,
  limit: ({ words }) => ({ kind: 'limit', text: words.join(' ') }),
};

/** A statement in one spelling, in a table of a family; `undefined` for a counter, which changes nothing. */
export function normalizeStatement<K extends Kind>(
  statement: StatementOf<K> & { kind: K },
  family: string,
): NormalStatement | undefined {
  return normalizers[statement.kind](statement, family);
}

/** Leaves out `meta l4proto` where a field of that protocol's header is asked for too, as nft does. */
export function withoutImplied(statements: readonly NormalStatement[]): readonly NormalStatement[] {
  if (!statements.some((statement) => protocolMatched(statement) !== undefined)) return statements;
  const implied = new Set(statements.flatMap(expressionsOf).flatMap(headersOf));
  return statements.filter((statement) => !implied.has(protocolMatched(statement)));
}

/** The expressions whose values a statement uses. */
function expressionsOf(statement: NormalStatement): NormalExpression[] {
  if (statement.kind === 'match') return [statement.left];
  return 'key' in statement ? [statement.key] : [];
}

/** The protocols whose headers an expression reads. */
function headersOf(expression: NormalExpression): (string | undefined)[] {
  if (expression.kind === 'payload') return [expression.protocol];
  return expression.kind === 'concatenation' ? expression.parts.flatMap(headersOf) : [];
}

function protocolMatched(statement: NormalStatement): string | undefined {
  if (statement.kind !== 'match' || statement.operator !== '==') return undefined;
  const { left, right } = statement;
  const isProtocol = left.kind === 'meta' && left.key === 'l4proto' && right.kind === 'value';
  return isProtocol ? right.text : undefined;
}

/** By which protocol a table's family rejects where nothing is told. */
const rejectProtocols: Readonly<Record<string, string>> = { ip: 'icmp', ip6: 'icmpv6' };

function normalizeReject(words: readonly string[] | undefined, family: string): string | undefined {
  const text = words?.filter((word) => word !== 'type').join(' ');
  const usual = `${rejectProtocols[family] ?? 'icmpx'} port-unreachable`;
  return text === usual ? undefined : text;
}

function splitDestination(text: string): {
  readonly address: string | undefined;
  readonly port: string | undefined;
} {
  const bracket = text.startsWith('[') ? text.indexOf(']') : -1;
  const colons = text.split(':').length - 1;
  const colon = bracket < 0 && colons > 1 ? -1 : text.indexOf(':', bracket + 1);
  const host = colon < 0 ? text : text.slice(0, colon);
  const address = host.replaceAll(/[[\]]/g, '');
  return {
    address: address === '' ? undefined : normalizeValue(address, undefined),
    port: colon < 0 ? undefined : normalizeValue(text.slice(colon + 1), undefined),
  };
}

type Match = NormalStatement & { readonly kind: 'match' };

function normalizeMatch(
  left: NormalExpression,
  operator: Match['operator'],
  right: SavedOperand,
): Match {
  const [type] = typesOf(left);
  const prefix = type === 'mark' && right.kind === 'value' ? numberPrefix(right.text) : undefined;
  if (!prefix) return { kind: 'match', left, operator, right: normalizeOperand(right, type) };
  const masked = { kind: 'bits', expression: left, operator: '&', operand: prefix.mask } as const;
  const value = { kind: 'value', text: String(prefix.value) } as const;
  return { kind: 'match', left: masked, operator, right: value };
}

/** nft lists a comparison of a number's highest bits as `0x80000000/1`. */
function numberPrefix(text: string): { readonly value: number; readonly mask: number } | undefined {
  const [, value, length = ''] = /^(0x[0-9a-fA-F]{1,8}|\d{1,10})\/(\d{1,2})$/.exec(text) ?? [];
  if (value === undefined || Number(length) > 32) return undefined;
  return { value: Number(value), mask: 2 ** 32 - 2 ** (32 - Number(length)) };
}

/** What states and statuses are compared with otherwise in braces: as a whole, not bit by bit. */
const bitTypes: readonly (string | undefined)[] = ['ct_state', 'ct_status'];

/** nft lists an anonymous set of one value without braces. */
function normalizeOperand(operand: SavedOperand, type: string | undefined): NormalOperand {
  switch (operand.kind) {
    case 'value':
      return { kind: 'value', text: normalizeValue(operand.text, type) };
    case 'set':
      return operand;
    case 'anonymousSet': {
      const values = normalizeValues(operand.values, type);
      const [text = '', second] = values;
      return second === undefined && !bitTypes.includes(type)
        ? { kind: 'value', text }
        : { kind: 'anonymousSet', values };
    }
  }
}

function normalizeMap(map: SavedMapOperand, types: readonly (string | undefined)[]): NormalMap {
  if (map.kind === 'map') return map;
  const entries = map.entries.map(({ key, data }) => ({
    key: key.map((part, index) => normalizeValue(part, types[index])),
    data: normalizeData(data, []),
  }));
  return { kind: 'anonymousMap', entries: entries.sort((a, b) => compareKeys(a.key, b.key)) };
}

/** `types` are those of the parts, where they are known. */
export function normalizeData(data: SavedData, types: readonly (string | undefined)[]): NormalData {
  if (data.kind === 'verdict') return data;
  return {
    kind: 'values',
    parts: data.parts.map((part, index) => normalizeValue(part, types[index])),
  };
}

/** Numbers by value, anything else by text. */
function compareKeys(a: readonly string[], b: readonly string[]): number {
  const first = a.join(' . ');
  const second = b.join(' . ');
  return Number(first) - Number(second) || compareText(first, second);
}
