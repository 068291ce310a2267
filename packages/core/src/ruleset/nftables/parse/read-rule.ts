import type { SavedStatement } from './saved-statement.ts';
import { printKnownStatement } from './print-saved-statement.ts';
import { isStatementEnd, readStatement } from './read-statement.ts';
import type { TokenReader } from './token-reader.ts';
import { WordCursor } from './word-cursor.ts';

export interface RuleBody {
  readonly statements: readonly SavedStatement[];
  readonly comment?: string;
  /** The blanks before the word `comment` and before its text, where they are not one space each. */
  readonly commentGaps?: readonly [before: string, within: string];
}

/** Reads statements and the comment behind them from the tokens with these numbers. */
export function readRuleBody(reader: TokenReader, positions: readonly number[]): RuleBody {
  const words = positions.map((position) => reader.textOf(position));
  const hasComment = words.length > 1 && words.at(-2) === 'comment';
  const count = hasComment ? words.length - 2 : words.length;
  const cursor = new WordCursor(hasComment ? words.slice(0, -2) : words);
  const statements: SavedStatement[] = [];
  while (cursor.at < count) {
    const start = cursor.at;
    const statement = readOne(reader, cursor, positions);
    const gap = start === 0 ? ' ' : gapBefore(reader, positions, start);
    statements.push(gap === ' ' ? statement : { ...statement, gap });
  }
  if (!hasComment) return { statements };
  const before = count === 0 ? ' ' : gapBefore(reader, positions, count);
  const within = gapBefore(reader, positions, count + 1);
  return {
    statements,
    comment: words.at(-1) ?? '',
    ...(`${before}${within}` !== '  ' && { commentGaps: [before, within] as const }),
  };
}

function gapBefore(reader: TokenReader, positions: readonly number[], index: number): string {
  return reader.gapBetween(positions[index - 1] ?? 0, positions[index] ?? 0);
}

/** These begin a statement wherever they stand outside of braces. */
const beginnings = new Set(
  'accept drop return continue jump goto reject counter masquerade'.split(' '),
);

function readOne(
  reader: TokenReader,
  cursor: WordCursor,
  positions: readonly number[],
): SavedStatement {
  const start = cursor.at;
  const statement = readStatement(cursor);
  if (statement && cursor.at <= positions.length && isStatementEnd(cursor)) {
    const written = positions.slice(start, cursor.at);
    const laid = reader.compare(written, printKnownStatement(statement));
    if (laid) return laid.layout ? { ...statement, ...laid } : statement;
  }
  cursor.reset(start);
  let depth = 0;
  do {
    const word = cursor.next();
    if (word === '{') depth++;
    if (word === '}') depth--;
  } while (!cursor.isAtEnd && (depth > 0 || !beginnings.has(cursor.peek())));
  return { kind: 'other', words: reader.words(positions.slice(start, cursor.at)) };
}
