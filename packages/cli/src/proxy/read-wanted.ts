import type { DiagnosticCode } from '@kube-rules/core';
import type { CommandContext } from '../command-context.ts';
import { loadWanted, type Wanted } from '../command/load-wanted.ts';
import { escapeLines } from '../output/escape-lines.ts';
import { choosePalette, type ColorChoice } from '../output/palette.ts';
import { writeDiagnostics } from '../output/write-diagnostics.ts';
import { UsageError } from '../usage-error.ts';

export interface ReadWantedOptions {
  readonly node?: string;
  readonly color: ColorChoice;
}

/** Why an input cannot be used, as it is to be told. */
export interface Unusable {
  readonly reason: string;
}

/** What leaves out a whole document: of all Services in it, the rules would go. */
const unreadable: ReadonlySet<DiagnosticCode> = new Set([
  'ALIAS_LIMIT',
  'DOCUMENT_INVALID',
  'INPUT_BINARY',
  'INPUT_EMPTY',
  'INPUT_TOO_LARGE',
  'JSON_SYNTAX',
  'YAML_SYNTAX',
]);

/** Reads what is wanted of the proxy; of files that are broken, however briefly, nothing. */
export async function readWanted(
  names: readonly string[],
  options: ReadWantedOptions,
  context: CommandContext,
): Promise<Wanted | Unusable> {
  const said: string[] = [];
  const io = { ...context.io, writeError: (text: string) => void said.push(text) };
  try {
    const wanted = await loadWanted(
      names,
      { ...options, mode: 'userspace' },
      { context: { ...context, io }, what: 'changed' },
    );
    if (typeof wanted === 'number') return { reason: said.join('') };
    const { texts, diagnostics, snapshot } = wanted.loaded;
    const broken = diagnostics.filter(({ code }) => unreadable.has(code));
    if (broken.length > 0) {
      const palette = choosePalette(options.color, io.errorIsTerminal, io);
      writeDiagnostics(broken, io, { texts, palette });
      return { reason: `${said.join('')}kube-rules: nothing was changed\n` };
    }
    const { mode } = snapshot.config;
    return mode === '' || mode === 'userspace' ? wanted : { reason: otherMode(mode) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { reason: `kube-rules: ${escapeLines(error.message)}\n` };
  }
}

function otherMode(mode: string): string {
  return `kube-rules: the configuration says mode ${mode}, in which there is no proxy to run: kube-rules apply changes its rules, and -- --proxy-mode=userspace asks for the other mode\n`;
}
