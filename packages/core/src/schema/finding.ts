import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { Path } from '../util/print-path.ts';

/** A field that was wrong, and how much had to be left out because of it. */
export interface Finding {
  readonly code: DiagnosticCode;
  readonly message: string;
  /** Where the wrong value stands. */
  readonly path: Path;
  /** The smallest part around it without which the object is valid; the empty path is the whole object. */
  readonly leftOut: Path;
}
