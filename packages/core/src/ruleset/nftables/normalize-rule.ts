import type { NormalRule, NormalSource, NormalStatement } from './normal.ts';
import { normalizeStatement, withoutImplied } from './normalize-statement.ts';
import { readStatement, isStatementEnd } from './parse/read-statement.ts';
import type { OtherStatement, SavedStatement } from './parse/saved-statement.ts';
import { WordCursor } from './parse/word-cursor.ts';
import { printNormalStatement } from './print-normal-statement.ts';
import { unquote } from './unquote.ts';

export interface RuleParts {
  readonly statements: readonly SavedStatement[];
  readonly comment: string | undefined;
  readonly source: NormalSource;
}

/** A rule in one spelling; `family` is the table's. */
export function normalizeRule(
  { statements, comment, source }: RuleParts,
  family: string,
): NormalRule {
  const all = statements.flatMap((statement) => {
    if (statement.kind === 'other') return normalizeOther(statement, family);
    const normal = normalizeStatement(statement, family);
    return normal ? [normal] : [];
  });
  const normal = withoutImplied(all);
  return {
    text: normal.map(printNormalStatement).join(' '),
    statements: normal,
    comment: comment === undefined ? undefined : unquote(comment),
    source,
  };
}

/** Words that were not set as nft prints them may still be a statement that is known. */
function normalizeOther({ words }: OtherStatement, family: string): NormalStatement[] {
  const texts = words.map(({ text }) => text).filter((text) => !text.startsWith('#'));
  const cursor = new WordCursor(texts);
  const statement = readStatement(cursor);
  if (!statement || !cursor.isAtEnd || !isStatementEnd(cursor))
    return [{ kind: 'other', text: texts.join(' ') }];
  const normal = normalizeStatement(statement, family);
  return normal ? [normal] : [];
}
