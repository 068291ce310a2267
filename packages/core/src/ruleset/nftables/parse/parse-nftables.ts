import { DumpProblems } from '../../../diagnostics/dump-problems.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { findForeignFormat } from './find-foreign-format.ts';
import { parseJSON } from './parse-json.ts';
import { readItems } from './read-items.ts';
import type { SavedDocument, SavedItem, SavedText } from './saved.ts';
import { TokenReader } from './token-reader.ts';

export interface ParsedNftables {
  readonly document: SavedDocument;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads what `nft list` printed, with or without `-a`, `-s` and `-j`, or a script for `nft -f`.
 * Never throws: what cannot be read is kept word for word and has a diagnostic, and reading goes on
 * behind it. Offsets are in UTF-16 code units.
 *
 * @param source The text's name in diagnostics, such as its file's.
 */
export function parseNftables(text: string, source = 'nftables'): ParsedNftables {
  const problems = new DumpProblems(text, source);
  const document = read(text, problems);
  return { document, diagnostics: problems.diagnostics() };
}

function read(text: string, problems: DumpProblems): SavedDocument {
  const foreign = findForeignFormat(text);
  if (foreign) {
    problems.unsupported(foreign.line, foreign.message);
    return { format: 'unknown', text };
  }
  return text.trimStart().startsWith('{') ? parseJSON(text, problems) : parseText(text, problems);
}

function parseText(text: string, problems: DumpProblems): SavedText {
  const reader = new TokenReader(text);
  const { items, last } = readItems({ reader, problems }, { context: 'top', depth: 0 }, -1);
  const trailing = text.slice(reader.end(last));
  const format = items.some(isCommand) ? 'script' : 'listing';
  return { format, items, ...(trailing !== '\n' && { trailing }) };
}

/** What only a script has. */
function isCommand(item: SavedItem): boolean {
  return (
    item.kind === 'removal' ||
    ('verb' in item && item.verb !== undefined) ||
    ('command' in item && item.command !== undefined)
  );
}
