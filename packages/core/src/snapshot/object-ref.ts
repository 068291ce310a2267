import type { ObjectRef } from '../diagnostics/diagnostic.ts';
import { valueAt } from '../util/value-at.ts';
import { printPath, type Path } from '../util/print-path.ts';
import type { RawObject } from './raw-object.ts';

/** Names a field of an object whose metadata may itself be wrong. */
export function objectRef({ kind, value }: RawObject, path: Path): ObjectRef {
  const name = printable(valueAt(value, ['metadata', 'name']));
  const namespace = printable(valueAt(value, ['metadata', 'namespace']));
  return {
    kind,
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
    path: printPath(path),
  };
}

/** A name is shown as it is, if it is a name at all: a hostile one would reach the terminal. */
function printable(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.:-]{1,253}$/.test(value) ? value : undefined;
}
