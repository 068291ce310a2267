import type { NormalHook, NormalSource } from './normal.ts';
import { normalizeExpression, typesOf } from './normalize-expression.ts';
import type { SetParts } from './normalize-set.ts';
import { parseDuration } from './normalize-value.ts';
import { printSavedExpression } from './parse/print-saved-statement.ts';
import { readExpression } from './parse/read-expression.ts';
import type { SavedItem, SavedProperty, SavedSet } from './parse/saved.ts';
import type { SavedExpression } from './parse/saved-statement.ts';
import { WordCursor } from './parse/word-cursor.ts';
import type { ChainProperties } from './table-builder.ts';
import { unquote } from './unquote.ts';

const priorities: Readonly<Record<string, number>> = {
  raw: -300,
  mangle: -150,
  dstnat: -100,
  filter: 0,
  security: 50,
  srcnat: 100,
};

const bridgePriorities: Readonly<Record<string, number>> = {
  dstnat: -300,
  filter: -200,
  out: 100,
  srcnat: 300,
};

/** The number that a priority stands for, such as `dstnat - 10`, in a table of a family. */
function parsePriority(words: readonly string[], family: string): number {
  const [, name = '', rest = ''] = /^([a-z]*)(.*)$/.exec(words.join('')) ?? [];
  const known = family === 'bridge' ? bridgePriorities : priorities;
  const base = Object.hasOwn(known, name) ? (known[name] ?? 0) : 0;
  return base + (/^[+-]?\d+$/.test(rest) ? Number(rest) : 0);
}

/** What a chain's braces tell of it. */
export function chainProperties(items: readonly SavedItem[], family: string): ChainProperties {
  const properties = items.filter((item) => item.kind === 'property');
  const hook = properties.find(({ name }) => name === 'type');
  return {
    hook: hook && readHook(textsOf(hook), family),
    policy: valueOf(properties, 'policy'),
    comment: commentOf(properties),
  };
}

function readHook(words: readonly string[], family: string): NormalHook | undefined {
  const after = (word: string): string | undefined => {
    const at = words.indexOf(word);
    return at < 0 ? undefined : words[at + 1];
  };
  const [type = ''] = words;
  const hook = after('hook');
  if (hook === undefined) return undefined;
  const at = words.indexOf('priority');
  const priority = at < 0 ? [] : words.slice(at + 1);
  const device = after('device');
  return {
    type,
    hook,
    device: device === undefined ? undefined : unquote(device),
    priority: parsePriority(priority, family),
  };
}

const told = new Set(['type', 'typeof', 'flags', 'size', 'timeout', 'comment', 'counter']);

/** What a set's or map's braces tell of it. A counter of each element changes nothing. */
export function setProperties(
  { kind, name, block }: Pick<SavedSet, 'kind' | 'name' | 'block'>,
  source: NormalSource,
): SetParts {
  const properties = (block?.items ?? []).filter((item) => item.kind === 'property');
  const size = valueOf(properties, 'size');
  const timeout = valueOf(properties, 'timeout');
  const flags = properties.find((property) => property.name === 'flags');
  return {
    kind,
    name,
    ...readTypes(properties),
    flags: flags ? textsOf(flags).filter((word) => word !== ',') : [],
    size: size === undefined ? undefined : Number(size),
    timeout: timeout === undefined ? undefined : parseDuration(timeout),
    comment: commentOf(properties),
    others: properties
      .filter((property) => !told.has(property.name))
      .map((property) => [property.name, ...textsOf(property)].join(' ')),
    source,
  };
}

function readTypes(properties: readonly SavedProperty[]): Pick<SetParts, 'type' | 'data'> {
  const property = properties.find(({ name }) => name === 'type' || name === 'typeof');
  const words = property ? textsOf(property) : [];
  const colon = words.indexOf(':');
  const read = property?.name === 'typeof' ? typesOfExpression : typesByName;
  const type = read(colon < 0 ? words : words.slice(0, colon));
  return { type, data: colon < 0 ? undefined : read(words.slice(colon + 1)) };
}

function typesByName(words: readonly string[]): string[] {
  return words.filter((word) => word !== '.');
}

function typesOfExpression(words: readonly string[]): string[] {
  if (words.length === 1) return [...words];
  const cursor = new WordCursor(words);
  const expression = readExpression(cursor);
  return expression && cursor.isAtEnd ? typeNames(expression) : [`typeof ${words.join(' ')}`];
}

/** The types of an expression's parts by name; `typeof …` where nft's name is not known. */
export function typeNames(expression: SavedExpression): string[] {
  const parts = expression.kind === 'concatenation' ? expression.parts : [expression];
  const types = typesOf(normalizeExpression(expression));
  return parts.map((part, index) => types[index] ?? `typeof ${printSavedExpression(part)}`);
}

function textsOf({ words }: SavedProperty): string[] {
  return words.map(({ text }) => text);
}

function valueOf(properties: readonly SavedProperty[], name: string): string | undefined {
  return properties.find((property) => property.name === name)?.words[0]?.text;
}

export function commentOf(properties: readonly SavedProperty[]): string | undefined {
  const text = valueOf(properties, 'comment');
  return text === undefined ? undefined : unquote(text);
}
