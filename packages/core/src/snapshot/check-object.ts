import type { z } from 'zod';
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Finding } from '../schema/finding.ts';
import { parseLeniently } from '../schema/parse-leniently.ts';
import { printPath, type Path } from '../util/print-path.ts';
import { objectRef } from './object-ref.ts';
import type { RawObject } from './raw-object.ts';

export interface CheckedObject<Value> {
  readonly value: Value | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Where in the object the value at a path of `value` stands. */
  readonly originalPath: (path: Path) => Path;
}

/** Checks an object by its schema; what is wrong is left out, and each time a diagnostic says so. */
export function checkObject<Value>(
  schema: z.ZodType<Value>,
  object: RawObject,
): CheckedObject<Value> {
  const { value, findings, originalPath } = parseLeniently(schema, object.value);
  const diagnostics = findings.map((finding) => toDiagnostic(object, finding));
  return { value, diagnostics, originalPath };
}

function toDiagnostic(object: RawObject, { code, message, path, leftOut }: Finding): Diagnostic {
  const what = leftOut.length === 0 ? `the ${object.kind}` : printPath(leftOut);
  return createDiagnostic(code, {
    message: `${message}; ${what} is left out.`,
    objects: [objectRef(object, path)],
    range: object.rangeOf(path),
  });
}
