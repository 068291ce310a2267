import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { RawDocument } from '../document/raw-document.ts';
import { printPath, type Path } from '../util/print-path.ts';
import { isMapping, type RawObject } from './raw-object.ts';

export interface CollectedObjects {
  readonly objects: readonly RawObject[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Place {
  readonly document: RawDocument;
  readonly path: Path;
}

/** What the API server leaves out in the items of a typed list, such as `ServiceList`. */
interface TypeMeta {
  readonly kind: string | undefined;
  readonly apiVersion: string | undefined;
}

const untyped: TypeMeta = { kind: undefined, apiVersion: undefined };

/** A list within a list is rare; without an end to it, reading a hostile one would exhaust the stack. */
const deepestList = 20;

const deepestUnsafeKey = 200;

/** The objects of a document: itself, or the items of a `List`, a typed list or an array. */
export function collectObjects(document: RawDocument): CollectedObjects {
  const objects: RawObject[] = [];
  const diagnostics: Diagnostic[] = findUnsafeKeys(document);
  collect(document.value, { document, path: [] }, untyped);
  return { objects, diagnostics };

  function collect(value: unknown, place: Place, inherited: TypeMeta): void {
    if (place.path.length > deepestList)
      return refuse('DOCUMENT_INVALID', 'Lists are nested too deeply', place);
    if (Array.isArray(value)) return collectItems(value, place, inherited);
    if (!isMapping(value)) return refuse('DOCUMENT_INVALID', 'This is no Kubernetes object', place);
    const kind = textOf(value['kind']) ?? inherited.kind;
    const apiVersion = textOf(value['apiVersion']) ?? inherited.apiVersion;
    if (kind === undefined) return refuse('DOCUMENT_INVALID', 'The object has no kind', place);
    if (kind.endsWith('List') && Array.isArray(value['items'])) {
      const itemMeta =
        kind === 'List' ? untyped : { kind: kind.slice(0, -'List'.length), apiVersion };
      return collectItems(value['items'], { ...place, path: [...place.path, 'items'] }, itemMeta);
    }
    if (apiVersion === undefined)
      return refuse('API_VERSION_MISSING', `The ${kind} has no apiVersion`, place);
    objects.push({
      kind,
      apiVersion,
      value,
      rangeOf: (path) => document.rangeOf([...place.path, ...path]),
      text: document.text,
    });
  }

  function collectItems(items: readonly unknown[], { path }: Place, inherited: TypeMeta): void {
    for (const [index, item] of items.entries())
      collect(item, { document, path: [...path, index] }, inherited);
  }

  function refuse(
    code: 'DOCUMENT_INVALID' | 'API_VERSION_MISSING',
    problem: string,
    { path }: Place,
  ): void {
    const message = `${problem}; it is left out.`;
    const objectRef = { kind: path.length === 0 ? 'document' : 'item', path: printPath(path) };
    diagnostics.push(
      createDiagnostic(code, { message, objects: [objectRef], range: document.rangeOf(path) }),
    );
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The key of JavaScript's own that turns data into a prototype; no reader of ours follows it, and people should know. */
function findUnsafeKeys(document: RawDocument): Diagnostic[] {
  if (!/__proto__|\\u005f|\\x5f/i.test(document.text)) return [];
  return unsafePaths(document.value, []).map((path) => {
    const message = 'The key "__proto__" means nothing in Kubernetes; it is ignored.';
    const objects = [{ kind: 'document', path: printPath(path) }];
    return createDiagnostic('KEY_UNSAFE', { message, objects, range: document.rangeOf(path) });
  });
}

function unsafePaths(value: unknown, path: Path): Path[] {
  if (typeof value !== 'object' || value === null || path.length > deepestUnsafeKey) return [];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([key, child]) =>
    key === '__proto__' ? [[...path, key]] : unsafePaths(child, [...path, key]),
  );
}
