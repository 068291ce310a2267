import type { Line } from '../util/split-lines.ts';
import { quoteValue } from '../util/quote-value.ts';
import type { DiagnosticCode } from './codes.ts';
import { createDiagnostic } from './create-diagnostic.ts';
import type { Diagnostic } from './diagnostic.ts';
import { limitDiagnostics } from './limit-diagnostics.ts';

/** What a reader of a tool's output finds wrong with its lines. */
export class DumpProblems {
  readonly #source: string;
  /** Where the text's last line begins if nothing ends it. */
  readonly #cutLineStart: number;
  readonly #found: Diagnostic[] = [];

  /** @param source The name under which the text was given. */
  constructor(text: string, source: string) {
    this.#source = source;
    this.#cutLineStart = text.endsWith('\n') ? Infinity : text.lastIndexOf('\n') + 1;
  }

  /** A line that is no `what`: the text was cut in it if it is the last and has no end. */
  unreadable(line: Line, what: string): void {
    const shown = quoteValue(line.text.trim());
    if (line.start >= this.#cutLineStart)
      this.truncated(line, `The text ends within a line: ${shown} is no ${what}.`);
    else this.syntax(line, `${shown} is no ${what}.`);
  }

  syntax(line: Line, message: string): void {
    this.#add('DUMP_SYNTAX', line, message);
  }

  truncated(line: Line, message: string): void {
    this.#add('DUMP_TRUNCATED', line, message);
  }

  unsupported(line: Line, message: string): void {
    this.#add('DUMP_UNSUPPORTED', line, message);
  }

  /** All that was found, in its order; of very many only the first are listed. */
  diagnostics(): readonly Diagnostic[] {
    return limitDiagnostics(this.#found);
  }

  #add(code: DiagnosticCode, { text, start }: Line, message: string): void {
    const from = start + text.length - text.trimStart().length;
    const range = { source: this.#source, start: from, end: from + text.trim().length };
    this.#found.push(createDiagnostic(code, { message, range }));
  }
}
