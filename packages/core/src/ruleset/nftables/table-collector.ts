import type { NormalSource, NormalTable } from './normal.ts';
import { chainProperties, commentOf, setProperties } from './normalize-properties.ts';
import { normalizeRule } from './normalize-rule.ts';
import type { ElementParts } from './normalize-set.ts';
import type {
  Place,
  SavedElement,
  SavedElements,
  SavedItem,
  SavedRemoval,
  SavedRule,
  SavedSet,
  SavedTable,
} from './parse/saved.ts';
import { readData, readParts } from './parse/read-operand.ts';
import { WordCursor } from './parse/word-cursor.ts';
import { TableBuilder } from './table-builder.ts';
import { unquote } from './unquote.ts';

type SourceOf = (offset: number) => NormalSource;

/** Carries out what a listing or a script says, from no table on. */
export class TableCollector {
  readonly #tables = new Map<string, TableBuilder>();
  readonly #sourceOf: SourceOf;

  constructor(sourceOf: SourceOf) {
    this.#sourceOf = sourceOf;
  }

  apply(item: SavedItem): void {
    switch (item.kind) {
      case 'table':
        return this.#applyTable(item);
      case 'removal':
        return this.#remove(item);
      case 'chain':
      case 'set':
      case 'map':
      case 'elements':
      case 'rule':
        if (item.command)
          applyTo(this.#table(item.command.place, item.offset), item, this.#sourceOf);
        return;
      case 'comment':
      case 'property':
      case 'other':
    }
  }

  finish(): NormalTable[] {
    return [...this.#tables.values()].map((table) => table.finish());
  }

  #table({ family = 'ip', table }: Place, offset: number): TableBuilder {
    const key = `${family} ${table}`;
    const known = this.#tables.get(key);
    if (known) return known;
    const made = new TableBuilder({ family, name: table }, this.#sourceOf(offset));
    this.#tables.set(key, made);
    return made;
  }

  #applyTable({ verb, family, name, block, offset }: SavedTable): void {
    if (verb === 'delete') return;
    const table = this.#table({ ...(family !== undefined && { family }), table: name }, offset);
    const items = block?.items ?? [];
    table.comment ??= commentOf(items.filter((item) => item.kind === 'property'));
    for (const item of items) applyTo(table, item, this.#sourceOf);
  }

  #remove({ verb, object, family, table, name = '' }: SavedRemoval): void {
    if (object === 'ruleset') return this.#removeAll(family);
    const key = `${family ?? 'ip'} ${table ?? ''}`;
    const builder = this.#tables.get(key);
    if (!builder) return;
    if (object === 'table' && verb !== 'flush') this.#tables.delete(key);
    else if (verb === 'flush') flush(builder, object, name);
    else if (object === 'chain') builder.deleteChain(name);
    else builder.deleteSet(name);
  }

  #removeAll(family: string | undefined): void {
    for (const [key, table] of this.#tables)
      if (family === undefined || table.family === family) this.#tables.delete(key);
  }
}

function flush(table: TableBuilder, object: SavedRemoval['object'], name: string): void {
  if (object === 'table') table.flushChains();
  else if (object === 'chain') table.flushChain(name);
  else table.flushSet(name);
}

/** What a counter counted; a named one is the same whatever it was. */
const counted = / packets \d+ bytes \d+/g;

type Appliers = {
  readonly [K in SavedItem['kind']]?: (
    table: TableBuilder,
    item: SavedItem & { readonly kind: K },
    sourceOf: SourceOf,
  ) => void;
};

const appliers: Appliers = {
  chain: (table, { name, block, offset }, sourceOf) => {
    const items = block?.items ?? [];
    table.addChain(name, sourceOf(offset), chainProperties(items, table.family));
    for (const item of items) if (item.kind === 'rule') applyRule(table, item, { sourceOf, name });
  },
  set: applySet,
  map: applySet,
  elements: (table, elements, sourceOf) =>
    applyElements(table, elements, { sourceOf, name: elements.command?.name ?? '' }),
  rule: (table, rule, sourceOf) =>
    applyRule(table, rule, { sourceOf, name: rule.command?.chain ?? '' }),
  other: (table, { words }) => {
    const text = words.map(({ text }) => text).filter((text) => !text.startsWith('#'));
    if (text.length > 0) table.others.push(text.join(' ').replaceAll(counted, ''));
  },
};

function applyTo<K extends SavedItem['kind']>(
  table: TableBuilder,
  item: SavedItem & { readonly kind: K },
  sourceOf: SourceOf,
): void {
  appliers[item.kind]?.(table, item, sourceOf);
}

function applySet(table: TableBuilder, set: SavedSet, sourceOf: SourceOf): void {
  table.addSet(setProperties(set, sourceOf(set.offset)));
  for (const item of set.block?.items ?? [])
    if (item.kind === 'elements') applyElements(table, item, { sourceOf, name: set.name });
}

/** The chain or set that something belongs to. */
interface Owner {
  readonly name: string;
  readonly sourceOf: SourceOf;
}

function applyElements(
  table: TableBuilder,
  { command, block }: SavedElements,
  { name, sourceOf }: Owner,
): void {
  const isDeleted = command?.verb === 'delete' || command?.verb === 'destroy';
  for (const element of block.items) {
    const parts = partsOf(element, sourceOf);
    if (isDeleted) table.deleteElement(name, parts);
    else table.addElement(name, parts);
  }
}

/** What a rule replaces cannot be told by its handle: it is added behind the others. */
function applyRule(table: TableBuilder, rule: SavedRule, { name, sourceOf }: Owner): void {
  const { statements, comment, offset, command } = rule;
  if (command?.verb === 'delete' || command?.verb === 'reset') return;
  const normal = normalizeRule({ statements, comment, source: sourceOf(offset) }, table.family);
  table.addRule(name, normal, command?.verb === 'insert' && !command.position);
}

function partsOf(element: SavedElement, sourceOf: SourceOf): ElementParts {
  const source = sourceOf(element.offset);
  if (element.kind === 'element') {
    const { key, options = [], data } = element;
    const comment = options.find((option) => option.kind === 'comment');
    return { key, data, comment: comment && unquote(comment.text), source };
  }
  const texts = element.words.map(({ text }) => text).filter((text) => !text.startsWith('#'));
  const cursor = new WordCursor(texts);
  const key = readParts(cursor);
  const data = key && cursor.skip(':') ? readData(cursor) : undefined;
  return key && cursor.isAtEnd
    ? { key, data, comment: undefined, source }
    : { key: [texts.join(' ')], data: undefined, comment: undefined, source };
}
