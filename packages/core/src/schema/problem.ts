import type { DiagnosticCode } from '../diagnostics/codes.ts';

/** What a schema's check says of a wrong value. Travels as the `params` of a custom zod issue. */
export interface Problem {
  readonly code: DiagnosticCode;
  /** A clause without its final stop: the reader of the issue adds what is left out. */
  readonly message: string;
  /**
   * How many levels above the wrong value are left out with it. A wrong `protocol` takes its port
   * along (1): without the field, the port would silently become a TCP port.
   */
  readonly levels?: number;
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
}
