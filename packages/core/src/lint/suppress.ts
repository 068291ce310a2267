import { severityOf } from '../diagnostics/codes.ts';
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { Diagnostic, ObjectRef } from '../diagnostics/diagnostic.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { printPath } from '../util/print-path.ts';
import { quoteValue } from '../util/quote-value.ts';
import { suggest } from '../util/suggest.ts';
import { configurationRef, nodeRef, serviceRef, sliceRef } from './refs.ts';

/** Names codes of diagnostics, with commas between them, that are not shown for the object. */
export const ignoreAnnotation = 'kube-rules/ignore';

const path = printPath(['metadata', 'annotations', ignoreAnnotation]);

interface Suppression {
  readonly object: ObjectRef;
  readonly codes: readonly string[];
}

/**
 * Leaves out the diagnostics that an object they name wants ignored. A code that an object ignores
 * in vain is a diagnostic itself, so that no annotation outlives its reason.
 */
export function suppress(diagnostics: readonly Diagnostic[], snapshot: Snapshot): Diagnostic[] {
  const suppressions = findSuppressions(snapshot);
  if (suppressions.size === 0) return [...diagnostics];
  const used = new Set<string>();
  const shown = diagnostics.filter(({ code, objects }) => {
    const keys = objects
      .map(keyOf)
      .filter((key) => suppressions.get(key)?.codes.includes(code) === true);
    for (const key of keys) used.add(`${key} ${code}`);
    return keys.length === 0;
  });
  const unused = [...suppressions].flatMap(([key, { object, codes }]) =>
    codes.filter((code) => !used.has(`${key} ${code}`)).map((code) => reportUnused(code, object)),
  );
  return [...shown, ...unused];
}

function findSuppressions(snapshot: Snapshot): ReadonlyMap<string, Suppression> {
  const { services, endpointSlices, nodes, configAnnotations } = snapshot;
  const found = new Map<string, Suppression>();
  const add = (annotations: Readonly<Record<string, string>> = {}, object: ObjectRef): void => {
    if (!Object.hasOwn(annotations, ignoreAnnotation)) return;
    const codes = (annotations[ignoreAnnotation] ?? '').split(',').map((code) => code.trim());
    found.set(keyOf(object), { object, codes: [...new Set(codes)].filter((code) => code !== '') });
  };
  for (const service of services) add(service.metadata.annotations, serviceRef(service, path));
  for (const slice of endpointSlices) add(slice.metadata.annotations, sliceRef(slice, path));
  for (const node of nodes) add(node.metadata.annotations, nodeRef(node, path));
  add(configAnnotations, configurationRef(''));
  return found;
}

/** A diagnostic about an object as it was written may lack the namespace that is the default. */
function keyOf({ kind, namespace, name = '' }: ObjectRef): string {
  const isNamespaced = kind === 'Service' || kind === 'EndpointSlice';
  return `${kind} ${namespace ?? (isNamespaced ? 'default' : '')}/${name}`;
}

function reportUnused(code: string, object: ObjectRef): Diagnostic {
  const isKnown = Object.hasOwn(severityOf, code);
  const near = isKnown ? undefined : suggest(code, Object.keys(severityOf));
  const hint = near === undefined ? '.' : `; did you mean ${near}?`;
  const message = isKnown
    ? `The annotation ${ignoreAnnotation} names ${code}, but nothing of that kind was found here.`
    : `The annotation ${ignoreAnnotation} names ${quoteValue(code)}, which is no code${hint}`;
  return createDiagnostic('IGNORE_UNUSED', { message, objects: [object] });
}
