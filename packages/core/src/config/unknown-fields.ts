import type { Path } from '../util/print-path.ts';
import { suggest } from '../util/suggest.ts';

export interface UnknownField {
  readonly path: Path;
  readonly suggestion: string | undefined;
}

/** The fields of `value` that `shape` does not have, at any depth; an empty mapping in `shape` takes any field. */
export function findUnknownFields(value: unknown, shape: unknown, path: Path = []): UnknownField[] {
  if (!isMapping(value) || !isMapping(shape)) return [];
  const known = Object.keys(shape);
  if (known.length === 0) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const here = [...path, key];
    if (Object.hasOwn(shape, key)) return findUnknownFields(child, shape[key], here);
    return [{ path: here, suggestion: suggest(key, known) }];
  });
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
