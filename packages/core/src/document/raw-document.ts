import type { SourceRange } from '../diagnostics/diagnostic.ts';
import type { Path } from '../util/print-path.ts';

/** One YAML or JSON document of an input, not yet understood. */
export interface RawDocument {
  readonly value: unknown;
  /** The whole text that the document stands in. */
  readonly text: string;
  /** Where the value at `path` stands; the nearest enclosing value that is there, if `path` is not. Costs a parse. */
  readonly rangeOf: (path: Path) => SourceRange | undefined;
}
