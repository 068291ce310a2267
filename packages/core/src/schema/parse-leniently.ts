import type { z } from 'zod';
import { explainIssue } from './explain-issue.ts';
import type { Finding } from './finding.ts';
import type { Path } from '../util/print-path.ts';
import { Pruning } from './pruning.ts';

export interface LenientOptions {
  /**
   * How many levels above a field of the wrong type are left out with it. One, by default: the rest
   * of the object would silently get a default in place of the field.
   */
  readonly wrongTypeLevels?: number;
}

export interface LenientResult<Value> {
  /** `undefined` if nothing valid remained. */
  readonly value: Value | undefined;
  readonly findings: readonly Finding[];
  /** Where in `input` the value at a path of `value` stands: elements of lists may have been left out. */
  readonly originalPath: (path: Path) => Path;
}

const samePath = (path: Path): Path => path;

/** Issues are put into our own words; zod's would ask hostile objects for their names. */
const wordless = { error: () => '' };

/**
 * Parses `input` by `schema`, leaving out the smallest parts that make it valid: an array element,
 * an optional field, or, where a field is required, what encloses it. A `null` counts as unset, as
 * in the Kubernetes API. The input itself is not changed.
 */
export function parseLeniently<Output>(
  schema: z.ZodType<Output>,
  input: unknown,
  { wrongTypeLevels = 1 }: LenientOptions = {},
): LenientResult<Output> {
  const first = schema.safeParse(input, wordless);
  if (first.success) return { value: first.data, findings: [], originalPath: samePath };
  const pruning = new Pruning(input);
  const originalPath = (path: Path): Path => pruning.originalPath(path);
  let issues: readonly z.core.$ZodIssue[] = first.error.issues;
  for (;;) {
    for (const issue of issues)
      pruning.leaveOut(explainIssue(issue, pruning.current, wrongTypeLevels));
    if (pruning.isEmpty) return { value: undefined, findings: pruning.findings(), originalPath };
    const next = schema.safeParse(pruning.prune(), wordless);
    if (next.success) return { value: next.data, findings: pruning.findings(), originalPath };
    issues = next.error.issues;
  }
}
