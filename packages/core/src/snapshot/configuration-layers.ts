import type { ConfigurationLayer } from '../config/configuration-layer.ts';
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { valueAt } from '../util/value-at.ts';
import { isKubeProxyConfigMap, readConfigMap } from './config-map.ts';
import { snapshotKindOf } from './kinds.ts';
import { objectRef } from './object-ref.ts';
import { isMapping, type RawObject } from './raw-object.ts';

export interface ConfigurationLayers {
  readonly layers: readonly ConfigurationLayer[];
  readonly diagnostics: readonly Diagnostic[];
  /** Of the ConfigMap that the configuration comes from. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** kube-proxy's configuration among the objects. Of several only the last counts: kube-proxy reads one file. */
export function findConfigurationLayers(objects: readonly RawObject[]): ConfigurationLayers {
  const documents = objects.filter(
    (object) => snapshotKindOf(object) === 'configuration' || isKubeProxyConfigMap(object),
  );
  const last = documents.at(-1);
  if (!last) return { layers: [], diagnostics: [reportMissing()], annotations: {} };
  const { diagnostics, ...read } = readLayer(last);
  return { ...read, diagnostics: [...documents.slice(1).map(reportDuplicate), ...diagnostics] };
}

function readLayer(object: RawObject): ConfigurationLayers {
  if (isKubeProxyConfigMap(object)) {
    const { layer, diagnostics } = readConfigMap(object);
    const annotations = textsOf(valueAt(object.value, ['metadata', 'annotations']));
    return { layers: layer ? [layer] : [], diagnostics, annotations };
  }
  const { value, rangeOf } = object;
  const file = rangeOf([])?.source ?? '';
  return {
    layers: [{ value, rangeOf, sourceOf: () => ({ kind: 'file', file }) }],
    diagnostics: [],
    annotations: {},
  };
}

function textsOf(value: unknown): Record<string, string> {
  const entries = isMapping(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function reportMissing(): Diagnostic {
  const message =
    "The snapshot holds no configuration of kube-proxy; kube-proxy's defaults are used.";
  return createDiagnostic('CONFIG_MISSING', { message });
}

function reportDuplicate(object: RawObject): Diagnostic {
  return createDiagnostic('CONFIG_DUPLICATE', {
    message:
      'The snapshot holds more than one configuration of kube-proxy; this one replaces the one before.',
    objects: [objectRef(object, [])],
    range: object.rangeOf(['kind']),
  });
}
