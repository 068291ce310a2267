import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { DumpProblems } from '../../diagnostics/dump-problems.ts';
import { parseIP } from '../../netaddr/ip.ts';
import { printIP } from '../../netaddr/print-ip.ts';
import { splitLines } from '../../util/split-lines.ts';
import type { AddressLine } from './ast.ts';

export interface ParsedAddressLines {
  readonly addresses: readonly AddressLine[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads an `.addresses` file: one address a line. Never throws: a line that is none has a diagnostic.
 *
 * @param source The text's name in diagnostics, such as its file's.
 */
export function parseAddressLines(text: string, source = 'addresses'): ParsedAddressLines {
  const problems = new DumpProblems(text, source);
  const addresses = splitLines(text).flatMap((line) => {
    const written = line.text.trim();
    if (written === '') return [];
    const bytes = parseIP(written);
    if (bytes) return [{ address: printIP(bytes), offset: line.start }];
    problems.unreadable(line, 'address');
    return [];
  });
  return { addresses, diagnostics: problems.diagnostics() };
}
