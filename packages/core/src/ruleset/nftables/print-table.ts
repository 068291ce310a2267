import type { Chain, Element, Hook, NamedSet, Rule, Table, VerdictMap } from './ast.ts';
import { printComment } from './print-comment.ts';
import { printStatement, printVerdict } from './print-statement.ts';
import { printWord } from './print-word.ts';

/**
 * Prints a table as one listing of `add` commands for `nft -f`: the table, chains, sets, maps,
 * rules, elements. nft wants what is named to be there before.
 */
export function printTable({ family, name, comment, chains, sets, maps }: Table): string {
  const place = `${family} ${name}`;
  const lines = [
    `add table ${place}${printProperties([printCommentProperty(comment)])}`,
    ...chains.map((chain) => `add chain ${place} ${printChain(chain)}`),
    ...sets.map((set) => `add set ${place} ${printSet(set)}`),
    ...maps.map((map) => `add map ${place} ${printMap(map)}`),
  ];
  for (const { rules } of chains)
    for (const rule of rules) lines.push(`add rule ${place} ${printRule(rule)}`);
  for (const { name: container, elements } of [...sets, ...maps]) {
    for (const element of elements)
      lines.push(`add element ${place} ${container} { ${printElement(element)} }`);
  }
  lines.push('');
  return lines.join('\n');
}

/**
 * Prints a table as a script that replaces it, whether it is there or not, in one transaction: no
 * packet sees half of it.
 */
export function printReplacement(table: Table): string {
  const place = `${table.family} ${table.name}`;
  return `add table ${place}\ndelete table ${place}\n${printTable(table)}`;
}

type Property = string | undefined;

function printProperties(properties: readonly Property[]): string {
  const given = properties.filter((property) => property !== undefined);
  return given.length === 0 ? '' : ` { ${given.map((property) => `${property} ;`).join(' ')} }`;
}

function printCommentProperty(comment: string | undefined): Property {
  return comment === undefined ? undefined : `comment ${printComment(comment)}`;
}

function printChain({ name, hook, comment }: Chain): string {
  return `${name}${printProperties([hook && printHook(hook), printCommentProperty(comment)])}`;
}

function printHook({ type, hook, priority }: Hook): string {
  return `type ${type} hook ${hook} priority ${priority}`;
}

function printSet({ name, type, flags, timeout, comment }: NamedSet): string {
  const properties = [
    `type ${type.join(' . ')}`,
    flags && `flags ${flags.join(',')}`,
    timeout === undefined ? undefined : `timeout ${timeout}s`,
    printCommentProperty(comment),
  ];
  return `${name}${printProperties(properties)}`;
}

function printMap({ name, type, comment }: VerdictMap): string {
  return `${name}${printProperties([`type ${type.join(' . ')} : verdict`, printCommentProperty(comment)])}`;
}

function printRule({ chain, statements, comment }: Rule): string {
  let text: string = chain;
  for (const statement of statements) text += ` ${printStatement(statement)}`;
  return comment === undefined ? text : `${text} comment ${printComment(comment)}`;
}

/** Prints an element as `add element` takes it: key, comment, verdict. */
export function printElement({ key, comment, verdict }: Element): string {
  const withComment = comment === undefined ? '' : ` comment ${printComment(comment)}`;
  return `${key.map(printWord).join(' . ')}${withComment}${verdict ? ` : ${printVerdict(verdict)}` : ''}`;
}
