/** The blanks before an item that need not be told: a line end, and a tab for each open brace. */
export function usualBlanks(depth: number, index: number): string {
  return depth === 0 && index === 0 ? '' : `\n${'\t'.repeat(depth)}`;
}
