import type { NormalElement, NormalSet } from '../../ruleset/nftables/index.ts';
import { valueTest, type ValueTest } from './value-test.ts';

interface Ranged {
  readonly tests: readonly ValueTest[];
  readonly element: NormalElement;
}

/** A set or map, by what is looked up in it. */
export interface IndexedContainer {
  readonly find: (value: string) => NormalElement | undefined;
}

/** Elements by their texts; in a set of intervals, those that stand for more than one value are looked through. */
export function indexContainer({ flags, elements }: NormalSet): IndexedContainer {
  const exact = new Map(elements.map((element) => [element.text, element]));
  if (!flags.includes('interval')) return { find: (value) => exact.get(value) };
  const ranged = elements.filter(({ text }) => /[/*-]/.test(text));
  const byFirst = new Map<string, Ranged[]>();
  for (const element of ranged) {
    const [first = ''] = element.key;
    const key = /[/*-]/.test(first) ? '' : first;
    const known = byFirst.get(key) ?? [];
    known.push({ tests: element.key.map(valueTest), element });
    byFirst.set(key, known);
  }
  return {
    find: (value) => {
      const parts = value.split(' . ');
      const candidates = [...(byFirst.get(parts[0] ?? '') ?? []), ...(byFirst.get('') ?? [])];
      return exact.get(value) ?? candidates.find(({ tests }) => holds(tests, parts))?.element;
    },
  };
}

function holds(tests: readonly ValueTest[], parts: readonly string[]): boolean {
  return tests.length === parts.length && tests.every((test, at) => test(parts[at] ?? ''));
}
