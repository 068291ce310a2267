const word = /([^ \t\n"]*)"((?:[^"\\]|\\[^])*)"|([^ \t\n"]+)|"/g;

/**
 * Splits a line as iptables-restore does: words end at blanks, a double quote opens a part that
 * ends the word at the next one, and within it a backslash takes the next character as it is.
 */
export function readRestoreWords(line: string): string[] {
  return Array.from(line.matchAll(word), ([, before = '', quoted, plain]) => {
    if (plain !== undefined) return plain;
    if (quoted === undefined) throw new Error(`a quote is left open: ${line}`);
    return before + quoted.replaceAll(/\\([^])/g, '$1');
  });
}
