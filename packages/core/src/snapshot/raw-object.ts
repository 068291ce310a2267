import type { SourceRange } from '../diagnostics/diagnostic.ts';
import type { Path } from '../util/print-path.ts';

/** An object of an input before it is checked: its kind is known, and nothing else. */
export interface RawObject {
  readonly kind: string;
  readonly apiVersion: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly rangeOf: (path: Path) => SourceRange | undefined;
  /** The whole text that the object stands in; empty for an object made in code. */
  readonly text: string;
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
