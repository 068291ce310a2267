import type {
  KnownStatement,
  SavedData,
  SavedMapEntry,
  SavedMapOperand,
  SavedStatement,
} from './parse/saved-statement.ts';
import {
  isObject,
  objectAt,
  onlyField,
  readJSONExpression,
  readJSONOperand,
  readJSONParts,
  readJSONValue,
  readJSONVerdict,
  wordAt,
  wordOf,
  type JSONObject,
} from './read-json-expression.ts';

type Reader = (content: JSONObject) => KnownStatement | undefined;

const readers: Readonly<Record<string, Reader>> = {
  match: ({ op, left, right }) => {
    const expression = readJSONExpression(left);
    const operand = readJSONOperand(right);
    const operator = op === 'in' || op === '==' ? undefined : wordOf(op);
    return (
      expression &&
      operand && {
        kind: 'match',
        left: expression,
        ...(operator !== undefined && { operator }),
        right: operand,
      }
    );
  },
  reject: (content) => {
    const words = [wordAt(content, 'type'), wordAt(content, 'expr')];
    const given = words.filter((word) => word !== undefined);
    return { kind: 'reject', ...(given.length > 0 && { with: given.join(' ').split(' ') }) };
  },
  mangle: ({ key, value }) => {
    const target = readJSONExpression(key);
    const set = readJSONExpression(value) ?? readJSONValue(value);
    return target && set !== undefined ? { kind: 'mangle', target, value: set } : undefined;
  },
  masquerade: ({ port, ...content }) =>
    port === undefined ? { kind: 'masquerade', flags: readFlags(content) } : undefined,
  vmap: ({ key, data }) => {
    const expression = readJSONExpression(key);
    const map = readMap(data);
    return expression && map && { kind: 'vmap', key: expression, map };
  },
  dnat: (content) => readNAT('dnat', content),
  snat: (content) => readNAT('snat', content),
  set: readUpdate,
  counter: () => ({ kind: 'counter' }),
  limit: readLimit,
};

/** A statement of nft's JSON; of a kind that is not known, its JSON. */
export function readJSONStatement(value: unknown): SavedStatement {
  const verdict = readJSONVerdict(value);
  if (verdict) return { kind: 'verdict', verdict };
  const [kind = '', content] = onlyField(value) ?? [];
  const reader = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
  const isReadable = content === null || isObject(content);
  const known = reader && isReadable ? reader(isObject(content) ? content : {}) : undefined;
  return known ?? { kind: 'other', words: [{ text: JSON.stringify(value) }] };
}

function readFlags({ flags }: JSONObject): string[] {
  const words = (Array.isArray(flags) ? flags : [flags]).map(wordOf);
  return words.filter((word) => word !== undefined);
}

function readNAT(type: 'dnat' | 'snat', content: JSONObject): KnownStatement | undefined {
  const { addr, port } = content;
  const family = wordAt(content, 'family');
  const form = family === undefined ? [] : [family];
  const [kind, mapped] = onlyField(addr) ?? [];
  if (kind === 'map' && isObject(mapped)) {
    const key = readJSONExpression(mapped['key']);
    const map = readMap(mapped['data']);
    return key && map && { kind: 'mapNAT', type, form, key, map };
  }
  const address = addr === undefined ? '' : readJSONValue(addr);
  if (address === undefined) return undefined;
  const destination = joinPort(address, port === undefined ? undefined : readJSONValue(port));
  return { kind: 'nat', type, form, destination, flags: readFlags(content) };
}

function readUpdate(content: JSONObject): KnownStatement | undefined {
  const set = wordAt(content, 'set');
  const operation = wordAt(content, 'op');
  if (operation !== 'add' && operation !== 'update' && operation !== 'delete') return undefined;
  const element = objectAt(content['elem'], 'elem');
  const key = readJSONExpression(element['val'] ?? content['elem']);
  const timeout = wordAt(element, 'timeout');
  if (!key || set === undefined) return undefined;
  return {
    kind: 'update',
    operation,
    set: set.replace(/^@/, ''),
    key,
    ...(timeout !== undefined && { timeout: `${timeout}s` }),
  };
}

function readLimit(content: JSONObject): KnownStatement | undefined {
  const [rate, per, burst] = ['rate', 'per', 'burst'].map((field) => wordAt(content, field));
  if (rate === undefined || per === undefined || 'rate_unit' in content) return undefined;
  const over = content['inv'] === true ? ['over'] : [];
  return {
    kind: 'limit',
    words: [...over, `${rate}/${per}`, ...(burst === undefined ? [] : ['burst', burst, 'packets'])],
  };
}

function readMap(value: unknown): SavedMapOperand | undefined {
  const name = wordOf(value);
  if (name !== undefined) return { kind: 'map', name: name.replace(/^@/, '') };
  const content = isObject(value) ? value['set'] : undefined;
  if (!Array.isArray(content)) return undefined;
  const entries = content.map(readJSONEntry).filter((entry) => entry !== undefined);
  return entries.length === content.length ? { kind: 'anonymousMap', entries } : undefined;
}

/** `[KEY, DATA]` of a map. */
export function readJSONEntry(value: unknown): SavedMapEntry | undefined {
  const [left, right] = Array.isArray(value) ? [value[0], value[1]] : [];
  const key = readJSONParts(left);
  const data = readJSONData(right);
  return key && data && { key, data };
}

function readJSONData(value: unknown): SavedData | undefined {
  const verdict = readJSONVerdict(value);
  if (verdict) return { kind: 'verdict', verdict };
  const parts = readJSONParts(value);
  return parts && { kind: 'values', parts };
}

function joinPort(address: string, port: string | undefined): string {
  if (port === undefined) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
