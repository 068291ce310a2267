import type { z } from 'zod';
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Path } from '../util/print-path.ts';
import { checkObject } from './check-object.ts';
import { objectRef } from './object-ref.ts';
import type { RawObject } from './raw-object.ts';

/** A checked object beside what it was made from. */
export interface Sourced<Value> {
  readonly object: RawObject;
  readonly value: Value;
  /** Where in the object the value at a path of `value` stands: parts may have been left out. */
  readonly originalPath: (path: Path) => Path;
}

export interface CheckedObjects<Value> {
  readonly items: readonly Sourced<Value>[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks objects of one kind; what cannot be used is left out. */
export function checkObjects<Value>(
  objects: readonly RawObject[] | undefined,
  schema: z.ZodType<Value>,
): CheckedObjects<Value> {
  const items: Sourced<Value>[] = [];
  const diagnostics = (objects ?? []).flatMap((object) => {
    const { value, diagnostics: found, originalPath } = checkObject(schema, object);
    if (value !== undefined) items.push({ object, value, originalPath });
    return found;
  });
  return { items, diagnostics };
}

export interface Named {
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** In a snapshot of several files the same object may come twice; as with `kubectl apply`, the last one counts. */
export function keepLastOfEachName<Value extends Named>({
  items,
  diagnostics,
}: CheckedObjects<Value>): CheckedObjects<Value> {
  const last = new Map<string, Sourced<Value>>();
  const duplicates: Diagnostic[] = [];
  for (const item of items) {
    const { namespace = '', name } = item.value.metadata;
    const key = `${namespace}/${name}`;
    if (last.has(key)) duplicates.push(reportDuplicate(item.object));
    last.set(key, item);
  }
  return { items: [...last.values()], diagnostics: [...diagnostics, ...duplicates] };
}

function reportDuplicate(object: RawObject): Diagnostic {
  return createDiagnostic('OBJECT_DUPLICATE', {
    message: `The ${object.kind} is there more than once; this one replaces the one before.`,
    objects: [objectRef(object, [])],
    range: object.rangeOf(['metadata', 'name']),
  });
}
