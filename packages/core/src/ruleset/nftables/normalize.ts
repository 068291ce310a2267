import type { Element, ElementType, NamedMap, NamedSet, Table } from './ast.ts';
import type { NormalSource, NormalTable } from './normal.ts';
import { typeNames } from './normalize-properties.ts';
import { normalizeRule } from './normalize-rule.ts';
import type { ElementParts, SetParts } from './normalize-set.ts';
import type { SavedDocument } from './parse/saved.ts';
import { cutComment } from './print-comment.ts';
import { readJSONItems } from './read-json.ts';
import {
  destinationData,
  savedExpression,
  savedStatementOf,
  verdictData,
} from './saved-statement-of.ts';
import { TableBuilder } from './table-builder.ts';
import { TableCollector } from './table-collector.ts';

/**
 * The tables that a text tells of, in the order of their appearance: those of a listing, or those
 * that a script leaves in a kernel that had none.
 */
export function normalizeParsed(document: SavedDocument): NormalTable[] {
  if (document.format === 'unknown') return [];
  if (document.format === 'json') {
    const collector = new TableCollector((index): NormalSource => ({ kind: 'json', index }));
    for (const item of readJSONItems(document.objects)) collector.apply(item);
    return collector.finish();
  }
  const collector = new TableCollector((offset): NormalSource => ({ kind: 'saved', offset }));
  for (const item of document.items) collector.apply(item);
  return collector.finish();
}

/** A compiled table as the kernel has it. */
export function normalizeCompiled(table: Table): NormalTable {
  const { family, name, comment, chains, sets, maps } = table;
  const builder = new TableBuilder({ family, name }, { kind: 'compiled' });
  builder.comment = comment;
  for (const { name, hook, comment } of chains) {
    const properties = { hook: hook && { ...hook, device: undefined }, policy: undefined, comment };
    builder.addChain(name, { kind: 'compiled' }, properties);
  }
  for (const { rules } of chains)
    for (const { chain, statements, comment, origin } of rules) {
      const source: NormalSource = { kind: 'compiled', origin };
      const saved = statements.map(savedStatementOf);
      builder.addRule(
        chain,
        normalizeRule({ statements: saved, comment: quote(comment), source }, family),
      );
    }
  for (const set of [...sets, ...maps]) {
    builder.addSet(partsOf(set));
    for (const element of set.elements) builder.addElement(set.name, elementOf(element));
  }
  return builder.finish();
}

/** As nft takes it. */
function quote(comment: string | undefined): string | undefined {
  return comment === undefined ? undefined : `"${cutComment(comment)}"`;
}

function partsOf(set: NamedSet | NamedMap): SetParts {
  const { name, type, comment } = set;
  const data = 'data' in set ? set.data : undefined;
  const named: Partial<NamedSet> = 'data' in set ? {} : set;
  return {
    kind: data === undefined ? 'set' : 'map',
    name,
    type: namesOf(type),
    data: data === undefined || data === 'verdict' ? data && [data] : namesOf(data),
    flags: named.flags ?? [],
    size: named.size,
    timeout: named.timeout,
    comment,
    others: [],
    source: { kind: 'compiled' },
  };
}

function namesOf(type: ElementType): string[] {
  return 'kind' in type ? typeNames(savedExpression(type)) : [...type];
}

function elementOf({ key, comment, verdict, destination, origin }: Element): ElementParts {
  return {
    key,
    data: verdict ? verdictData(verdict) : destination && destinationData(destination),
    comment: comment === undefined ? undefined : cutComment(comment),
    source: { kind: 'compiled', origin },
  };
}
