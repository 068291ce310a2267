import { compareNames } from '../../util/compare-names.ts';
import { compareText } from '../../util/compare-text.ts';
import type { NormalChain, NormalElement, NormalRule, NormalSet, NormalTable } from './normal.ts';
import { printNormalData } from './print-normal-statement.ts';

/**
 * Prints a table of the normal form, much as `nft list` does, chains and sets by name: two tables
 * do the same if their texts are the same.
 */
export function printNormalTable(table: NormalTable): string {
  const { family, name, comment, chains, sets, others } = table;
  const lines = [
    `table ${family} ${name}${printComment(comment)}`,
    ...others.toSorted(compareText),
    ...[...sets.values()].sort(compareNames).flatMap(setLines),
    ...[...chains.values()].sort(compareNames).flatMap(chainLines),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function setLines(set: NormalSet): string[] {
  return [
    `${set.kind} ${set.name}: ${printSetDeclaration(set)}`,
    ...set.elements.map((element) => `\t${printNormalElement(element)}`),
  ];
}

function chainLines(chain: NormalChain): string[] {
  const declaration = printChainDeclaration(chain);
  return [
    `chain ${chain.name}${declaration === '' ? '' : `: ${declaration}`}`,
    ...chain.rules.map((rule) => `\t${printNormalRule(rule)}`),
  ];
}

/** Prints what a set or map is, but for its name and elements. */
export function printSetDeclaration(set: NormalSet): string {
  const { type, data, flags, size, timeout, comment, others } = set;
  const properties = [
    `type ${type.join(' . ')}${data ? ` : ${data.join(' . ')}` : ''}`,
    flags.length > 0 && `flags ${flags.join(',')}`,
    size !== undefined && `size ${size}`,
    timeout !== undefined && `timeout ${timeout}s`,
    ...others,
    comment !== undefined && `comment ${JSON.stringify(comment)}`,
  ];
  return properties.filter(Boolean).join('; ');
}

/** Prints what a chain is, but for its name and rules; empty for a chain that only others lead to. */
export function printChainDeclaration({ hook, policy, comment }: NormalChain): string {
  const properties = [
    hook &&
      `type ${hook.type} hook ${hook.hook}${hook.device === undefined ? '' : ` device ${hook.device}`} priority ${hook.priority}`,
    policy !== undefined && `policy ${policy}`,
    comment !== undefined && `comment ${JSON.stringify(comment)}`,
  ];
  return properties.filter(Boolean).join('; ');
}

/** Prints a rule with its comment. */
export function printNormalRule({ text, comment }: NormalRule): string {
  return `${text}${printComment(comment)}`;
}

/** Prints an element with its comment and what a map has for it. */
export function printNormalElement({ text, comment, data }: NormalElement): string {
  return `${text}${printComment(comment)}${data ? ` : ${printNormalData(data)}` : ''}`;
}

function printComment(comment: string | undefined): string {
  return comment === undefined ? '' : ` comment ${JSON.stringify(comment)}`;
}
