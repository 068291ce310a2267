import type { DumpProblems } from '../../../diagnostics/dump-problems.ts';
import type { Block, SavedItem } from './saved.ts';
import type { TokenReader } from './token-reader.ts';

/** In what kind of braces something stands. */
export type Context = 'top' | 'table' | 'chain' | 'set';

/** In which braces something stands, and how many are open. */
export interface Scope {
  readonly context: Context;
  readonly depth: number;
}

/** A text that is being read, and what was found wrong with it. */
export interface Reading {
  readonly reader: TokenReader;
  readonly problems: DumpProblems;
}

/** What stands in braces, and the handle of what they belong to. */
export interface ReadBlock {
  readonly block: Block<SavedItem>;
  readonly handle?: string;
}

/** What a part of the text is, without what stands around it. */
export type Unplaced<Item> = Item extends unknown ? Omit<Item, 'offset' | 'before' | 'end'> : never;

/** Notes that tokens, from one number up to another, are not what nft prints. */
export function refuse({ reader, problems }: Reading, last: number, message: string): void {
  const start = reader.start();
  problems.syntax({ text: reader.slice(start, Math.max(reader.end(last), start)), start }, message);
}

/** Tokens up to a `;`, comment, line end or `}`, where no brace is open; line ends within braces are left out. */
export function collect({ reader, problems }: Reading): number[] {
  const positions: number[] = [];
  const open: number[] = [];
  for (; !reader.isAtEnd; reader.at++) {
    const sign = reader.sign();
    if (open.length === 0 && (sign === '}' || sign === ';' || sign === '#' || sign === '\n')) break;
    if (sign === '{') open.push(reader.at);
    if (sign === '}') open.pop();
    if (sign !== '\n') positions.push(reader.at);
  }
  const [brace] = open;
  if (brace !== undefined) {
    reader.at = (positions.at(-1) ?? reader.at) + 1;
    const start = reader.start(brace);
    problems.truncated({ text: '{', start }, 'The text ends before this brace is closed.');
  }
  return positions;
}
