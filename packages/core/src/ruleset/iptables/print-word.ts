/** What iptables-restore takes as one word without quotes. */
const plainWord = /^[A-Za-z0-9_.,:/@%+=[\]-]+$/;

/**
 * Prints one word of a rule as iptables-restore(8) reads it: in double quotes if it must be, with
 * `"` and `\` escaped. This is the only place where text gets into a rule.
 *
 * @throws {TypeError} for a line end or another control character: no quoting can hold one.
 */
export function printWord(word: string): string {
  if (plainWord.test(word)) return word;
  if (/\p{Cc}/u.test(word)) {
    throw new TypeError(
      `${JSON.stringify(word)} cannot be a word of an iptables rule: it holds a control character`,
    );
  }
  return `"${word.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
