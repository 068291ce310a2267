import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { quoteValue } from '../../util/quote-value.ts';
import { findForeignFormat } from './find-foreign-format.ts';
import { findGaps, parseCounters, writtenWord } from './parse-head.ts';
import { parseRule } from './parse-rule.ts';
import type { RuleReader } from './parse-specification.ts';
import { ProblemList } from './problem-list.ts';
import type {
  SavedBlank,
  SavedChain,
  SavedComment,
  SavedDocument,
  SavedTable,
  SavedTableItem,
} from './saved.ts';
import { splitLines } from './split-lines.ts';
import { createWordBounds, splitWords, type LineRange } from './split-words.ts';

export interface ParsedSave {
  readonly document: SavedDocument;
  readonly diagnostics: Diagnostic[];
}

/**
 * Reads what iptables-save printed, of either flavour, with or without counters, or a document for
 * iptables-restore. A line that is none of that format is a diagnostic and is left out; output of another
 * program gives one diagnostic and an empty document. Never throws; linear in the text.
 *
 * @param lines Which lines of it are read; all by default.
 */
export function parseIptables(
  text: string,
  source = 'iptables-save',
  lines?: Iterable<LineRange>,
): ParsedSave {
  const { ranges, lineEnd, ended } = splitLines(text);
  const parser = new SaveParser(text, source);
  for (const line of lines ?? ranges) {
    const foreign = parser.readLine(line);
    if (foreign === undefined) continue;
    const problems = new ProblemList(source);
    problems.add('DUMP_UNSUPPORTED', line, foreign);
    return { document: { items: [], lineEnd, ended: false }, diagnostics: problems.finish() };
  }
  return { document: { items: parser.finish(), lineEnd, ended }, diagnostics: parser.diagnostics };
}

interface OpenTable {
  readonly table: SavedTable;
  readonly items: SavedTableItem[];
  readonly line: LineRange;
}

class SaveParser {
  readonly #reader: RuleReader;
  readonly #problems: ProblemList;
  readonly #items: (SavedTable | SavedComment | SavedBlank)[] = [];
  #open: OpenTable | undefined;

  constructor(text: string, source: string) {
    this.#reader = {
      text,
      words: createWordBounds(),
      matches: new Map(),
      targets: new Map(),
    };
    this.#problems = new ProblemList(source);
  }

  get diagnostics(): Diagnostic[] {
    return this.#problems.finish();
  }

  /** Takes one line; says what the text is if it is another program's. */
  readLine(line: LineRange): string | undefined {
    const { text } = this.#reader;
    const first = firstCharacter(text, line);
    if (first === '#') return this.#addAside({ kind: 'comment', text: textOf(text, line) });
    const open = splitWords(text, line, this.#reader.words);
    if (open >= 0) return this.#refuse(line, 'a quote is left open');
    if (first === '') return this.#addAside({ kind: 'blank', text: textOf(text, line) });
    if (first === '*') return this.#openTable(line);
    if (!this.#open) return this.#refuseOutside(line);
    if (first === ':') return this.#addItem(line, this.#parseChain(line));
    if (first === '-' || first === '[') return this.#addItem(line, parseRule(this.#reader, line));
    return this.#commit(line);
  }

  /** What was read, after the last line. */
  finish(): readonly (SavedTable | SavedComment | SavedBlank)[] {
    this.#closeUncommitted();
    return this.#items;
  }

  #addAside(item: SavedComment | SavedBlank): undefined {
    if (this.#open) this.#open.items.push(item);
    else this.#items.push(item);
  }

  #addItem(line: LineRange, item: SavedTableItem | string): undefined {
    if (typeof item === 'string') this.#refuse(line, item);
    else this.#open?.items.push(item);
  }

  #openTable(line: LineRange): undefined {
    const written = writtenWord(this.#reader, 0);
    const name = written.slice(1);
    if (name === '' || name.includes('"') || this.#reader.words.count > 1) {
      return this.#refuse(line, 'a table begins with * and its name');
    }
    this.#closeUncommitted();
    const items: SavedTableItem[] = [];
    const table: SavedTable = {
      kind: 'table',
      name,
      items,
      committed: false,
      offset: line.start,
      gaps: findGaps(this.#reader, line, 1),
      commitGaps: undefined,
    };
    this.#open = { table, items, line };
  }

  #parseChain(line: LineRange): SavedChain | string {
    const name = writtenWord(this.#reader, 0).slice(1);
    const policy = writtenWord(this.#reader, 1);
    const { count } = this.#reader.words;
    const counters = count > 2 ? parseCounters(writtenWord(this.#reader, 2)) : undefined;
    if (name === '' || policy === '' || count > 3 || `${name}${policy}`.includes('"')) {
      return 'a chain is declared as :CHAIN POLICY [packets:bytes]';
    }
    if (count === 3 && !counters) return 'counters are [packets:bytes]';
    const gaps = findGaps(this.#reader, line, count);
    return { kind: 'chain', name, policy, counters, offset: line.start, gaps };
  }

  #commit(line: LineRange): undefined {
    if (!this.#open || writtenWord(this.#reader, 0) !== 'COMMIT' || this.#reader.words.count > 1) {
      return this.#refuse(line, 'it is no table, chain, rule or COMMIT');
    }
    const commitGaps = findGaps(this.#reader, line, 1);
    this.#items.push({ ...this.#open.table, committed: true, commitGaps });
    this.#open = undefined;
  }

  #closeUncommitted(): void {
    if (!this.#open) return;
    const { table, line } = this.#open;
    const message = `Table ${quoteValue(table.name)} has no COMMIT: the text was cut short.`;
    this.#problems.add('DUMP_TRUNCATED', line, message);
    this.#items.push(table);
    this.#open = undefined;
  }

  #refuseOutside(line: LineRange): string | undefined {
    const { text } = this.#reader;
    const wasTable = this.#items.some(({ kind }) => kind === 'table');
    const foreign = wasTable ? undefined : findForeignFormat({ text, ...line });
    return foreign ?? this.#refuse(line, 'it is outside of all tables');
  }

  #refuse(line: LineRange, reason: string): undefined {
    // A table that was cut within a line is told of once, as a table.
    if (this.#open && line.end === this.#reader.text.length) return;
    const written = quoteValue(
      this.#reader.text.slice(line.start, Math.min(line.end, line.start + 200)),
    );
    this.#problems.add('DUMP_SYNTAX', line, `${written} is no line of iptables-save: ${reason}.`);
  }
}

function textOf(text: string, { start, end }: LineRange): string {
  return text.slice(start, end);
}

/** The first character of a line that is no blank, or an empty text. */
function firstCharacter(text: string, { start, end }: LineRange): string {
  for (let at = start; at < end; at++) {
    const character = text.charAt(at);
    if (character !== ' ' && character !== '\t' && character !== '\r') return character;
  }
  return '';
}
