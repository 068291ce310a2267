import { printLines } from '../../util/print-lines.ts';
import type { IPSet } from './ast.ts';
import { printEntry } from './print-entry.ts';

/** Prints sets for `ipset restore`: first all sets, then their entries. */
export function printIPSets(sets: readonly IPSet[]): string {
  const entries = sets.flatMap((set) =>
    set.entries.map(({ entry }) => ({ name: set.name, entry })),
  );
  const printAdd = ({ name, entry }: (typeof entries)[number]): string =>
    `add ${name} ${printWord(printEntry(entry))}`;
  return printLines(sets, printCreate) + printLines(entries, printAdd);
}

function printCreate({ name, type, options }: IPSet): string {
  if ('range' in options) return `create ${name} ${type} range ${options.range}`;
  const { family, hashsize, maxelem } = options;
  return `create ${name} ${type} family ${family} hashsize ${hashsize} maxelem ${maxelem}`;
}

/** @throws {TypeError} for a text that `ipset restore` would not read as one word: it splits at blanks. */
function printWord(text: string): string {
  if (/^[\dA-Za-z.,:/]+$/.test(text)) return text;
  throw new TypeError(`${JSON.stringify(text)} is no entry that ipset reads as it is`);
}
