import { printLines } from '../../util/print-lines.ts';
import type { Chain, Element, Hook, NamedMap, NamedSet, Rule, Table } from './ast.ts';
import { printComment } from './print-comment.ts';
import { printElement } from './print-element.ts';
import { printElementType } from './print-element-type.ts';
import { printStatement } from './print-statement.ts';

export interface PrintTableOptions {
  /** All elements of a set or map in one command, a line each: nft reads them in two thirds of the time. */
  readonly together?: boolean;
}

/**
 * Prints a table as one listing of `add` commands for `nft -f`: the table, chains, sets, maps,
 * rules, elements. nft wants what is named to be there before.
 */
export function printTable(table: Table, { together = false }: PrintTableOptions = {}): string {
  const { comment, chains, sets, maps } = table;
  const place = printPlace(table);
  const printElements = together ? printTogether : printOneByOne;
  const lines = [
    `add table ${place}${printProperties([printCommentProperty(comment)])}`,
    ...chains.map((chain) => `add chain ${place} ${printChain(chain)}`),
    ...sets.map((set) => `add set ${place} ${printSet(set)}`),
    ...maps.map((map) => `add map ${place} ${printMap(map)}`),
  ];
  for (const { rules } of chains)
    for (const rule of rules) lines.push(`add rule ${place} ${printRule(rule)}`);
  for (const { name, elements } of [...sets, ...maps])
    if (elements.length > 0) lines.push(printElements(`add element ${place} ${name}`, elements));
  lines.push('');
  return lines.join('\n');
}

/**
 * Prints a table as a script that replaces it, whether it is there or not, in one transaction: no
 * packet sees half of it.
 */
export function printReplacement(table: Table, options?: PrintTableOptions): string {
  const place = printPlace(table);
  return `add table ${place}\ndelete table ${place}\n${printTable(table, options)}`;
}

/** `FAMILY TABLE`, as commands name it. */
export function printPlace({ family, name }: Table): string {
  return `${family} ${name}`;
}

function printOneByOne(command: string, elements: readonly Element[]): string {
  return elements.map((element) => `${command} { ${printElement(element)} }`).join('\n');
}

/** Prints all elements in one command, a line each. nft lets the last have a comma too, so that a new one changes one line. */
function printTogether(command: string, elements: readonly Element[]): string {
  return `${command} {\n${printLines(elements, (element) => `${printElement(element)},`)}}`;
}

type Property = string | undefined;

function printProperties(properties: readonly Property[]): string {
  const given = properties.filter((property) => property !== undefined);
  return given.length === 0 ? '' : ` { ${given.map((property) => `${property} ;`).join(' ')} }`;
}

function printCommentProperty(comment: string | undefined): Property {
  return comment === undefined ? undefined : `comment ${printComment(comment)}`;
}

/** Prints a chain as `add chain` takes it after the table: its name and properties. */
export function printChain({ name, hook, comment }: Chain): string {
  return `${name}${printProperties([hook && printHook(hook), printCommentProperty(comment)])}`;
}

function printHook({ type, hook, priority }: Hook): string {
  return `type ${type} hook ${hook} priority ${priority}`;
}

/** Prints a set as `add set` takes it, without its elements. */
export function printSet({ name, type, size, flags, timeout, comment }: NamedSet): string {
  const properties = [
    printElementType(type),
    size === undefined ? undefined : `size ${size}`,
    flags && `flags ${flags.join(',')}`,
    timeout === undefined ? undefined : `timeout ${timeout}s`,
    printCommentProperty(comment),
  ];
  return `${name}${printProperties(properties)}`;
}

/** Prints a map as `add map` takes it, without its elements. */
export function printMap({ name, type, data, comment }: NamedMap): string {
  return `${name}${printProperties([printElementType(type, data), printCommentProperty(comment)])}`;
}

/** Prints a rule as `add rule` takes it: its chain, statements and comment. */
export function printRule({ chain, statements, comment }: Rule): string {
  let text: string = chain;
  for (const statement of statements) text += ` ${printStatement(statement)}`;
  return comment === undefined ? text : `${text} comment ${printComment(comment)}`;
}
