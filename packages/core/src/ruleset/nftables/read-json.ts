import type { SavedElement, SavedItem, SavedProperty } from './parse/saved.ts';
import {
  isObject,
  objectAt,
  onlyField,
  readJSONParts,
  wordAt,
  wordOf,
  type JSONObject,
} from './read-json-expression.ts';
import { readJSONEntry, readJSONStatement } from './read-json-statement.ts';

type Reader = (content: JSONObject, offset: number) => SavedItem | undefined;

const readers: Readonly<Record<string, Reader>> = {
  table: (content, offset) => {
    const [family, name] = [wordAt(content, 'family'), wordAt(content, 'name')];
    if (family === undefined || name === undefined) return undefined;
    const block = blockOf([property(offset, 'comment', quoted(content))]);
    return { kind: 'table', verb: 'add', family, name, offset, block };
  },
  chain: readChain,
  rule: readRule,
  set: (content, offset) => readSet('set', content, offset),
  map: (content, offset) => readSet('map', content, offset),
};

/** The objects of nft's JSON as commands, whose offsets are places in the list. Those of other kinds are left out. */
export function readJSONItems(objects: readonly unknown[]): SavedItem[] {
  return objects.flatMap((object, index) => {
    const [kind = '', content] = onlyField(object) ?? [];
    const reader = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
    const item = reader && isObject(content) ? reader(content, index) : undefined;
    return item ? [item] : [];
  });
}

interface Command {
  readonly verb: 'add';
  readonly place: { readonly family: string; readonly table: string };
}

function commandOf(content: JSONObject): Command | undefined {
  const [family, table] = [wordAt(content, 'family'), wordAt(content, 'table')];
  return family === undefined || table === undefined
    ? undefined
    : { verb: 'add', place: { family, table } };
}

function readChain(content: JSONObject, offset: number): SavedItem | undefined {
  const command = commandOf(content);
  const name = wordAt(content, 'name');
  if (!command || name === undefined) return undefined;
  const [type, hook, priority, device] = ['type', 'hook', 'prio', 'dev'].map((field) =>
    wordAt(content, field),
  );
  const words = hook && [
    type ?? '',
    'hook',
    hook,
    ...(device === undefined ? [] : ['device', device]),
    'priority',
    priority ?? '0',
  ];
  const block = blockOf([
    property(offset, 'type', words || undefined),
    property(offset, 'policy', listOf(wordAt(content, 'policy'))),
    property(offset, 'comment', quoted(content)),
  ]);
  return { kind: 'chain', command, name, offset, block };
}

function readRule(content: JSONObject, offset: number): SavedItem | undefined {
  const command = commandOf(content);
  const chain = wordAt(content, 'chain');
  if (!command || chain === undefined) return undefined;
  const { expr } = content;
  const statements = (Array.isArray(expr) ? expr : []).map(readJSONStatement);
  const [comment] = quoted(content) ?? [];
  return {
    kind: 'rule',
    command: { ...command, chain },
    statements,
    ...(comment !== undefined && { comment }),
    offset,
  };
}

function readSet(kind: 'set' | 'map', content: JSONObject, offset: number): SavedItem | undefined {
  const command = commandOf(content);
  const name = wordAt(content, 'name');
  if (!command || name === undefined) return undefined;
  const { elem, type, flags } = content;
  const elements = (Array.isArray(elem) ? elem : []).flatMap((one) => readElement(one, offset));
  const block = blockOf([
    property(offset, 'type', typeWords(type, content['map'])),
    property(offset, 'flags', words(flags)),
    property(offset, 'size', listOf(wordAt(content, 'size'))),
    property(offset, 'timeout', listOf(wordAt(content, 'timeout'))),
    property(offset, 'gc-interval', listOf(wordAt(content, 'gc-interval'))),
    property(offset, 'comment', quoted(content)),
    { kind: 'elements', offset, block: { items: elements, closed: true } },
  ]);
  return { kind, command, name, offset, block };
}

function typeWords(type: unknown, data: unknown): string[] {
  const key = words(type) ?? [];
  const mapped = words(data)?.flatMap((word) => word.split(' . '));
  return mapped ? [...key, ':', ...mapped] : key;
}

function readElement(value: unknown, offset: number): SavedElement[] {
  const entry = Array.isArray(value) ? readJSONEntry([inner(value[0]), value[1]]) : undefined;
  const key = entry ? entry.key : readJSONParts(inner(value));
  if (!key) return [];
  const [comment] = quoted(objectAt(Array.isArray(value) ? value[0] : value, 'elem')) ?? [];
  const options = comment === undefined ? [] : [{ kind: 'comment', text: comment } as const];
  return [{ kind: 'element', key, options, offset, ...(entry && { data: entry.data }) }];
}

/** The value of an element that has more than a value. */
function inner(value: unknown): unknown {
  return objectAt(value, 'elem')['val'] ?? value;
}

function words(value: unknown): string[] | undefined {
  const given = (Array.isArray(value) ? value : [value])
    .map(wordOf)
    .filter((word) => word !== undefined);
  return given.length === 0 ? undefined : given;
}

function listOf(word: string | undefined): string[] | undefined {
  return word === undefined ? undefined : [word];
}

function quoted(content: JSONObject): string[] | undefined {
  const comment = wordAt(content, 'comment');
  return comment === undefined ? undefined : [`"${comment}"`];
}

function property(
  offset: number,
  name: string,
  texts: readonly string[] | undefined,
): SavedProperty | undefined {
  return texts && { kind: 'property', name, words: texts.map((text) => ({ text })), offset };
}

function blockOf(items: readonly (SavedItem | undefined)[]): {
  readonly items: readonly SavedItem[];
  readonly closed: true;
} {
  return { items: items.filter((item) => item !== undefined), closed: true };
}
