import { compareText } from './compare-text.ts';

/** Orders what has a name by it. */
export function compareNames(a: { readonly name: string }, b: { readonly name: string }): number {
  return compareText(a.name, b.name);
}
