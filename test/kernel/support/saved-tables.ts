/** The chains and rules of each table of an iptables-save document, in their order. */
export type SavedTables = Readonly<Record<string, readonly string[]>>;

/**
 * Reads what `iptables-save` printed: without comments and counters, and without tables that have nothing but empty
 * built-in chains, which a kernel has or has not depending on what was asked of it before.
 */
export function readSavedTables(save: string): SavedTables {
  const tables = save.split(/^\*/m).slice(1).map(readTable);
  return Object.fromEntries(
    tables.filter(([, lines]) => lines.some((line) => !isBuiltInChain(line))),
  );
}

function readTable(text: string): readonly [name: string, lines: readonly string[]] {
  const [name = '', ...lines] = text.split('\n');
  return [name, lines.filter((line) => /^(?::|\[|-A)/.test(line)).map(withoutCounters)];
}

function withoutCounters(line: string): string {
  return line.startsWith(':')
    ? line.replace(/ \[\d+:\d+\]$/, '')
    : line.replace(/^\[\d+:\d+\] /, '');
}

function isBuiltInChain(line: string): boolean {
  return /^:\S+ ACCEPT$/.test(line);
}
