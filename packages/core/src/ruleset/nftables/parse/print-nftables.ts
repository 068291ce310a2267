import { printElementBlock } from './print-elements.ts';
import { printSavedStatement, printWords } from './print-saved-statement.ts';
import { usualBlanks } from './usual-blanks.ts';
import type {
  Block,
  Place,
  SavedDocument,
  SavedItem,
  SavedRemoval,
  SavedRule,
  SavedText,
} from './saved.ts';

/** Prints a document as it was read: a listing or a script as the very same text, JSON as the same value. */
export function printNftables(document: SavedDocument): string {
  if (document.format === 'json') return `${JSON.stringify({ nftables: document.objects })}\n`;
  return document.format === 'unknown' ? document.text : printText(document);
}

function printText({ items, trailing = '\n' }: SavedText): string {
  const pieces: string[] = [];
  pushItems(pieces, items, 0);
  pieces.push(trailing);
  return pieces.join('');
}

function pushItems(pieces: string[], items: readonly SavedItem[], depth: number): void {
  for (const [index, item] of items.entries()) {
    pieces.push(item.before ?? usualBlanks(depth, index), printHead(item));
    if ('block' in item && item.block)
      if (item.kind === 'elements') pieces.push(printElementBlock(item));
      else pushBlock(pieces, item.block, { depth, handle: item.handle });
    pieces.push(item.end ?? '');
    const isInBraces = 'block' in item && item.block !== undefined && item.kind !== 'elements';
    if (!isInBraces) pieces.push(printHandle(item.handle));
  }
}

function pushBlock(
  pieces: string[],
  { items, gap = ' ', close, closed }: Block<SavedItem>,
  { depth, handle }: { readonly depth: number; readonly handle: string | undefined },
): void {
  pieces.push(`${gap}{${printHandle(handle)}`);
  pushItems(pieces, items, depth + 1);
  if (closed) pieces.push(`${close ?? `\n${'\t'.repeat(depth)}`}}`);
}

function printHandle(handle: string | undefined): string {
  return handle === undefined ? '' : ` # handle ${handle}`;
}

/** All of an item but its braces and what stands around it. */
function printHead(item: SavedItem): string {
  switch (item.kind) {
    case 'comment':
      return item.text;
    case 'other':
      return printWords(item.words);
    case 'property':
      return printWords([{ text: item.name }, ...item.words]);
    case 'rule':
      return printRule(item);
    case 'elements':
    case 'chain':
    case 'set':
    case 'map':
    case 'table':
    case 'removal':
      return space(headOf(item), item.layout);
  }
}

function headOf(
  item: Exclude<SavedItem, { kind: 'comment' | 'other' | 'property' | 'rule' }>,
): string[] {
  switch (item.kind) {
    case 'elements':
      if (!item.command) return ['elements', '='];
      return [item.command.verb, 'element', ...placeOf(item.command.place), item.command.name];
    case 'table': {
      const { verb, family, name } = item;
      return [verb, 'table', family, name].filter((word) => word !== undefined);
    }
    case 'removal':
      return removalOf(item);
    case 'chain':
    case 'set':
    case 'map': {
      const { kind, command, name } = item;
      return command ? [command.verb, kind, ...placeOf(command.place), name] : [kind, name];
    }
  }
}

function removalOf({ verb, object, family, table, name }: SavedRemoval): string[] {
  return [verb, object, family, table, name].filter((word) => word !== undefined);
}

function placeOf({ family, table }: Place): string[] {
  return family === undefined ? [table] : [family, table];
}

function printRule(rule: SavedRule): string {
  const { command, statements, headGap = ' ', comment, commentGaps = [' ', ' '] } = rule;
  const isEmpty = statements.length === 0;
  let text = '';
  for (const [index, statement] of statements.entries())
    text += `${index === 0 ? '' : (statement.gap ?? ' ')}${printSavedStatement(statement)}`;
  if (comment !== undefined)
    text += `${isEmpty ? '' : commentGaps[0]}comment${commentGaps[1]}${comment}`;
  if (!command) return text;
  return text === '' ? printRuleHead(rule) : `${printRuleHead(rule)}${headGap}${text}`;
}

function printRuleHead({ command, layout }: SavedRule): string {
  if (!command) return '';
  const { verb, place, chain, position } = command;
  const words = [verb, 'rule', ...placeOf(place), chain];
  if (position) words.push(position.kind, position.number);
  return space(words, layout);
}

function space(words: readonly string[], layout: readonly string[] | undefined): string {
  if (layout === undefined) return words.join(' ');
  return words
    .map((word, index) => (index === 0 ? word : `${layout[index - 1] ?? ' '}${word}`))
    .join('');
}
