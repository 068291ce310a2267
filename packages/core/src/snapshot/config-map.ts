import type { ConfigurationLayer } from '../config/configuration-layer.ts';
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { Diagnostic, SourceRange } from '../diagnostics/diagnostic.ts';
import { positionAt } from '../diagnostics/position.ts';
import { parseDocuments } from '../document/parse-documents.ts';
import { valueAt } from '../util/value-at.ts';
import { objectRef } from './object-ref.ts';
import type { RawObject } from './raw-object.ts';

const key = ['data', 'config.conf'];

/** Whether this is kubeadm's ConfigMap with kube-proxy's configuration. */
export function isKubeProxyConfigMap({ kind, apiVersion, value }: RawObject): boolean {
  return (
    kind === 'ConfigMap' &&
    apiVersion === 'v1' &&
    valueAt(value, ['metadata', 'name']) === 'kube-proxy' &&
    typeof valueAt(value, key) === 'string'
  );
}

/** The configuration within kubeadm's ConfigMap, with the places of its fields in the outer file. */
export function readConfigMap(object: RawObject): {
  layer: ConfigurationLayer | undefined;
  diagnostics: Diagnostic[];
} {
  const text = String(valueAt(object.value, key));
  const outer = object.rangeOf(key);
  const { documents, diagnostics } = parseDocuments({ file: outer?.source ?? '', text });
  const mapRange = (inner: SourceRange | undefined): SourceRange | undefined =>
    outer && inner && mapIntoBlock({ outer, inner, outerText: object.text, innerText: text });
  const [document] = documents;
  if (!document) {
    const reason = diagnostics[0]?.message ?? 'It is empty.';
    const message = `config.conf of the ConfigMap cannot be read: ${reason}`;
    const range = mapRange(diagnostics[0]?.range) ?? outer;
    return {
      layer: undefined,
      diagnostics: [
        createDiagnostic('CONFIG_VALUE_INVALID', {
          message,
          objects: [objectRef(object, key)],
          range,
        }),
      ],
    };
  }
  const layer: ConfigurationLayer = {
    value: document.value,
    sourceOf: () => ({ kind: 'ConfigMap', file: outer?.source ?? '' }),
    rangeOf: (path) => mapRange(document.rangeOf(path)),
  };
  return { layer, diagnostics: [] };
}

interface Mapping {
  readonly outer: SourceRange;
  readonly inner: SourceRange;
  readonly outerText: string;
  readonly innerText: string;
}

/**
 * A place in the text of a block scalar (`config.conf: |`) as a place in the file; else the whole
 * value. Line by line: empty lines are not indented, and line ends may be CRLF in the file only.
 */
function mapIntoBlock({ outer, inner, outerText, innerText }: Mapping): SourceRange {
  if (outerText[outer.start] !== '|') return outer;
  const firstLine = outerText.indexOf('\n', outer.start) + 1;
  const indent = /^[ \t]*(?=\S)/m.exec(outerText.slice(firstLine, outer.end))?.[0].length ?? 0;
  const toOuter = (offset: number): number => {
    const { line, column } = positionAt(innerText, offset);
    let lineStart = firstLine;
    for (let passed = 1; passed < line; passed++)
      lineStart = outerText.indexOf('\n', lineStart) + 1;
    return Math.min(lineStart + indent + column - 1, outer.end);
  };
  return { source: outer.source, start: toOuter(inner.start), end: toOuter(inner.end) };
}
