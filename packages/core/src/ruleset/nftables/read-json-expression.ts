import type { SavedExpression, SavedOperand, SavedVerdict } from './parse/saved-statement.ts';

export type JSONObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JSONObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The field's value if it is an object, else an empty one. */
export function objectAt(value: unknown, field: string): JSONObject {
  const found = isObject(value) ? value[field] : undefined;
  return isObject(found) ? found : {};
}

/** The field's value as a word if it is a string or a number. */
export function wordAt(value: unknown, field: string): string | undefined {
  return isObject(value) ? wordOf(value[field]) : undefined;
}

export function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** The only field of an object such as `{"jump": {…}}`. */
export function onlyField(value: unknown): readonly [name: string, value: unknown] | undefined {
  if (!isObject(value)) return undefined;
  const [field, ...others] = Object.entries(value);
  return others.length === 0 ? field : undefined;
}

/** An expression of nft's JSON; `undefined` if it is of a kind that is not known. */
export function readJSONExpression(value: unknown): SavedExpression | undefined {
  const [kind = '', content] = onlyField(value) ?? [];
  switch (kind) {
    case 'payload':
      return readPayload(content);
    case 'meta':
    case 'ct':
      return readKey(kind, content);
    case 'fib':
      return readFib(content);
    case 'numgen':
      return readNumgen(content);
    case '&':
    case '|':
    case '^':
      return readBits(kind, content);
    case 'concat':
      return readConcatenation(content);
    default:
      return undefined;
  }
}

function readKey(kind: 'meta' | 'ct', content: unknown): SavedExpression | undefined {
  const key = wordAt(content, 'key');
  return key === undefined ? undefined : { kind, key };
}

function readPayload(content: unknown): SavedExpression | undefined {
  const [protocol, field] = [wordAt(content, 'protocol'), wordAt(content, 'field')];
  return protocol === undefined || field === undefined
    ? undefined
    : { kind: 'payload', protocol, field };
}

function readFib(content: unknown): SavedExpression | undefined {
  const result = wordAt(content, 'result');
  const flags = isObject(content) ? content['flags'] : undefined;
  const fields = (Array.isArray(flags) ? flags : [flags]).map(wordOf);
  const words = fields.filter((field) => field !== undefined);
  return result === undefined || words.length !== fields.length
    ? undefined
    : { kind: 'fib', fields: words, result };
}

function readNumgen(content: unknown): SavedExpression | undefined {
  const [mode, modulus] = [wordAt(content, 'mode'), wordAt(content, 'mod')];
  const offset = wordAt(content, 'offset') ?? '0';
  if (mode === undefined || modulus === undefined) return undefined;
  return { kind: 'numgen', mode, modulus, ...(offset !== '0' && { offset }) };
}

function readBits(operator: string, content: unknown): SavedExpression | undefined {
  const [left, right] = Array.isArray(content) ? [content[0], content[1]] : [];
  const expression = readJSONExpression(left);
  const operand = wordOf(right);
  return expression && operand !== undefined
    ? { kind: 'bits', expression, operator, operand }
    : undefined;
}

function readConcatenation(content: unknown): SavedExpression | undefined {
  const all = Array.isArray(content) ? content.map(readJSONExpression) : [undefined];
  const parts = all.filter((part) => part !== undefined);
  return parts.length === all.length ? { kind: 'concatenation', parts } : undefined;
}

/** A value in the words of a listing: flags joined by commas, prefixes and ranges as one word. */
export function readJSONValue(value: unknown): string | undefined {
  if (Array.isArray(value)) return joinWords(value, ',');
  const [kind, content] = onlyField(value) ?? [];
  if (kind === 'prefix') {
    const [address, length] = [wordAt(content, 'addr'), wordAt(content, 'len')];
    return address === undefined || length === undefined ? undefined : `${address}/${length}`;
  }
  if (kind === 'range') return Array.isArray(content) ? joinWords(content, '-') : undefined;
  return wordOf(value);
}

function joinWords(values: readonly unknown[], sign: string): string | undefined {
  const words = values.map(wordOf);
  return words.includes(undefined) ? undefined : words.join(sign);
}

/** The parts of a concatenation, or one value. */
export function readJSONParts(value: unknown): string[] | undefined {
  const [kind, content] = onlyField(value) ?? [];
  const values = kind === 'concat' && Array.isArray(content) ? content : [value];
  const parts = values.map(readJSONValue).filter((part) => part !== undefined);
  return parts.length === values.length ? parts : undefined;
}

export function readJSONOperand(value: unknown): SavedOperand | undefined {
  const [kind, content] = onlyField(value) ?? [];
  if (kind === 'set' && Array.isArray(content)) {
    const all = content.map((one) => readJSONParts(one)?.join(' . '));
    const values = all.filter((one) => one !== undefined);
    return values.length === all.length ? { kind: 'anonymousSet', values } : undefined;
  }
  const text = readJSONValue(value);
  if (text === undefined) return undefined;
  return text.startsWith('@') ? { kind: 'set', name: text.slice(1) } : { kind: 'value', text };
}

export function readJSONVerdict(value: unknown): SavedVerdict | undefined {
  const [kind = '', content] = onlyField(value) ?? [];
  switch (kind) {
    case 'accept':
    case 'drop':
    case 'return':
    case 'continue':
      return { kind };
    case 'jump':
    case 'goto': {
      const chain = wordAt(content, 'target');
      return chain === undefined ? undefined : { kind, chain };
    }
    default:
      return undefined;
  }
}
