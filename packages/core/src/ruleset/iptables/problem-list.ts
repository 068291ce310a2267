import type { DiagnosticCode } from '../../diagnostics/codes.ts';
import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { LineRange } from './split-words.ts';

/** As many bad lines are told one by one. */
const most = 100;

/** What is wrong with a dump. After a hundred bad lines the others are only counted. */
export class ProblemList {
  readonly #source: string;
  readonly #diagnostics: Diagnostic[] = [];
  #syntaxErrors = 0;

  constructor(source: string) {
    this.#source = source;
  }

  add(code: DiagnosticCode, { start, end }: LineRange, message: string): void {
    if (code === 'DUMP_SYNTAX') this.#syntaxErrors++;
    if (code === 'DUMP_SYNTAX' && this.#syntaxErrors > most) return;
    const range = { source: this.#source, start, end };
    this.#diagnostics.push(createDiagnostic(code, { message, range }));
  }

  finish(): Diagnostic[] {
    const more = this.#syntaxErrors - most;
    if (more <= 0) return this.#diagnostics;
    const message = `${more} more ${more === 1 ? 'problem of this kind is' : 'problems of this kind are'} not shown.`;
    return [...this.#diagnostics, createDiagnostic('DUMP_SYNTAX', { message })];
  }
}
