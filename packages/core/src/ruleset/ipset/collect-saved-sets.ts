import type { SavedEntry, SavedIPSets, SavedLine } from './saved-ast.ts';

/** A set of a text, with the entries that its lines give it. */
export interface SavedSet {
  readonly name: string;
  readonly type: string;
  readonly options: readonly string[];
  readonly entries: readonly PlacedEntry[];
}

interface PlacedEntry {
  readonly entry: SavedEntry;
  readonly options: readonly string[];
  readonly offset: number;
}

interface OpenSet {
  readonly name: string;
  type: string | undefined;
  options: readonly string[];
  readonly entries: PlacedEntry[];
}

/** Puts the lines of a text together to sets; one of which no line tells the type is left out. */
export function collectSavedSets({ lines }: SavedIPSets): SavedSet[] {
  const sets = new Map<string, OpenSet>();
  let listed: OpenSet | undefined;
  for (const line of lines) {
    if (line.kind === 'create') {
      const { name, type, options } = line;
      sets.set(name, { name, type, options, entries: [] });
    } else if (line.kind === 'add') sets.get(line.name)?.entries.push(line);
    else listed = collectListed(line, listed, sets);
  }
  return [...sets.values()].flatMap(({ type, ...set }) =>
    type === undefined ? [] : [{ ...set, type }],
  );
}

function collectListed(
  line: SavedLine,
  listed: OpenSet | undefined,
  sets: Map<string, OpenSet>,
): OpenSet | undefined {
  if (line.kind === 'member') listed?.entries.push(line);
  if (line.kind !== 'field') return listed;
  const [value = ''] = line.words;
  if (line.field === 'Name') {
    const set: OpenSet = { name: value, type: undefined, options: [], entries: [] };
    sets.set(value, set);
    return set;
  }
  if (listed && line.field === 'Type') listed.type = value;
  if (listed && line.field === 'Header') listed.options = line.words;
  return listed;
}
