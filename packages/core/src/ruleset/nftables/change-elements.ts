import type { Element, NamedMap, NamedSet, Table } from './ast.ts';
import type { ObjectName } from './names.ts';
import { printElement, printElementKey } from './print-element.ts';
import { printPlace } from './print-table.ts';

/**
 * Commands that change the elements of sets and maps: all deletions first, so that a range may take
 * the place of others, and a changed element can be added under its key again.
 */
export function changeElements(from: Table, to: Table, emptied: readonly NamedSet[]): string[] {
  const anew = new Set<ObjectName>(emptied.map(({ name }) => name));
  const present = new Map<ObjectName, readonly Element[]>(
    containersOf(from).map(({ name, elements }) => [name, anew.has(name) ? [] : elements]),
  );
  const changes = containersOf(to).map(({ name, elements }) => ({
    name,
    ...compareElements(present.get(name) ?? [], elements),
  }));
  const place = printPlace(to);
  return [
    ...changes.flatMap(({ name, deleted }) =>
      printCommand(`delete element ${place} ${name}`, deleted),
    ),
    ...changes.flatMap(({ name, added }) => printCommand(`add element ${place} ${name}`, added)),
  ];
}

function containersOf({ sets, maps }: Table): readonly (NamedSet | NamedMap)[] {
  return [...sets, ...maps];
}

interface ElementChanges {
  /** Keys. */
  readonly deleted: readonly string[];
  /** Elements with what they map to. */
  readonly added: readonly string[];
}

function compareElements(from: readonly Element[], to: readonly Element[]): ElementChanges {
  if (from === to) return { deleted: [], added: [] };
  const former = new Map(from.map((element) => [printElementKey(element), element]));
  const deleted: string[] = [];
  const added: string[] = [];
  for (const element of to) {
    const key = printElementKey(element);
    const present = former.get(key);
    former.delete(key);
    if (present === element) continue;
    const text = printElement(element);
    if (present && printElement(present) === text) continue;
    if (present) deleted.push(key);
    added.push(text);
  }
  return { deleted: [...former.keys(), ...deleted], added };
}

function printCommand(command: string, elements: readonly string[]): string[] {
  return elements.length === 0 ? [] : [`${command} { ${elements.join(', ')} }`];
}
