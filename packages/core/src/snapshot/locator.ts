import type { ConfigurationLayer, ConfigurationSource } from '../config/configuration-layer.ts';
import type { Diagnostic, ObjectRef, SourceRange } from '../diagnostics/diagnostic.ts';
import { parsePath } from '../util/parse-path.ts';
import { printPath, type Path } from '../util/print-path.ts';
import type { Named, Sourced } from './check-objects.ts';

/** Gives a diagnostic the place of its first object in the input, and paths as they are there. */
export type Locate = (diagnostic: Diagnostic) => Diagnostic;

export interface LocatedConfiguration {
  readonly layer: ConfigurationLayer | undefined;
  /** Where each value comes from, by its path: one of a flag or a default stands nowhere. */
  readonly sources: Readonly<Record<string, ConfigurationSource>>;
}

interface Place {
  readonly path: string;
  readonly range: SourceRange | undefined;
}

/**
 * Finds what a diagnostic about a snapshot speaks of in the text that the snapshot was read from.
 * Where a field is not written out, the nearest that encloses it counts. A diagnostic that has its
 * place already stays as it is.
 */
export function locator(
  sourced: readonly Sourced<Named>[],
  configuration: LocatedConfiguration,
): Locate {
  let index: ReadonlyMap<string, Sourced<Named>> | undefined;
  const placeOf = (ref: ObjectRef): Place => {
    if (ref.kind === 'KubeProxyConfiguration') return placeInConfiguration(ref, configuration);
    index ??= new Map(sourced.map((one) => [keyOf(one.object.kind, one.value.metadata), one]));
    const found = index.get(keyOf(ref.kind, ref));
    return found ? placeIn(found, ref) : { path: ref.path, range: undefined };
  };
  return (diagnostic) => {
    const { objects, range: known } = diagnostic;
    if (known !== undefined || objects.length === 0) return diagnostic;
    const places = objects.map(placeOf);
    const located = objects.map((ref, at) => ({ ...ref, path: places[at]?.path ?? ref.path }));
    const range = places[0]?.range;
    return { ...diagnostic, objects: located, ...(range && { range }) };
  };
}

function keyOf(kind: string, { namespace = '', name = '' }: Partial<ObjectRef>): string {
  return `${kind} ${namespace}/${name}`;
}

function placeIn({ object, originalPath }: Sourced<Named>, ref: ObjectRef): Place {
  const path = originalPath(parsePath(ref.path));
  const shown = path.length === 0 ? ['metadata', 'name'] : path;
  return { path: printPath(path), range: object.rangeOf(shown) };
}

function placeInConfiguration(
  { path: text }: ObjectRef,
  { layer, sources }: LocatedConfiguration,
): Place {
  const path = parsePath(text);
  const kind = sourceOf(path, sources)?.kind;
  const isWritten = path.length === 0 || kind === 'file' || kind === 'ConfigMap';
  const shown = path.length === 0 ? ['kind'] : path;
  return { path: text, range: isWritten ? layer?.rangeOf?.(shown) : undefined };
}

/** A list is one value: its elements are no keys of `sources`. */
function sourceOf(
  path: Path,
  sources: LocatedConfiguration['sources'],
): ConfigurationSource | undefined {
  for (let length = path.length; length > 0; length--) {
    const source = sources[printPath(path.slice(0, length))];
    if (source) return source;
  }
  return undefined;
}
