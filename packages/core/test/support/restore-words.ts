/**
 * Splits a line as iptables-restore does: words end at blanks, a double quote opens a word that
 * ends at the next one, and within it a backslash takes the next character as it is.
 */
export function readRestoreWords(line: string): string[] {
  const words: string[] = [];
  let word = '';
  let quoted = false;
  let escaped = false;
  for (const character of line) {
    if (quoted && escaped) {
      word += character;
      escaped = false;
    } else if (quoted && character === '\\') {
      escaped = true;
    } else if (quoted && character === '"') {
      words.push(word);
      word = '';
      quoted = false;
    } else if (quoted) {
      word += character;
    } else if (character === '"') {
      quoted = true;
    } else if (/[ \t\n]/.test(character)) {
      if (word !== '') words.push(word);
      word = '';
    } else {
      word += character;
    }
  }
  if (quoted) throw new Error(`a quote is left open: ${line}`);
  return word === '' ? words : [...words, word];
}
