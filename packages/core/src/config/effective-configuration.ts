import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { parseLeniently } from '../schema/parse-leniently.ts';
import { valueAt } from '../util/value-at.ts';
import { printPath, type Path } from '../util/print-path.ts';
import type { ConfigurationLayer, ConfigurationSource } from './configuration-layer.ts';
import type { KubeProxyConfiguration } from './configuration.ts';
import { defaultConfiguration } from './default-configuration.ts';
import { suggestFeatureGate } from './feature-gates.ts';
import { isUnset } from './is-unset.ts';
import { mergeConfiguration } from './merge-configuration.ts';
import { configurationSchema, type PartialConfiguration } from './schema.ts';
import { findUnknownFields, type UnknownField } from './unknown-fields.ts';
import { validateConfiguration } from './validate-configuration.ts';

export interface EffectiveConfiguration {
  readonly config: KubeProxyConfiguration;
  /** Where each value comes from, by its path (`iptables.masqueradeBit`), in the order of the fields. */
  readonly sources: Readonly<Record<string, ConfigurationSource>>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The configuration that kube-proxy would run with: the layers over each other and over the
 * defaults. All that is wrong is reported at once; a value of the wrong type counts as unset.
 */
export function effectiveConfiguration(
  layers: readonly ConfigurationLayer[],
): EffectiveConfiguration {
  const checked = layers.map(checkLayer);
  const parts = checked.map(({ value }) => value);
  const config = parts.reduce<KubeProxyConfiguration>(mergeConfiguration, defaultConfiguration);
  const complete = withFamilyDefaults(config, parts);
  const locate = (path: Path): Locator => locateValue(layers, parts, path);
  const violations = validateConfiguration(complete).map(({ path, message }) =>
    configurationDiagnostic('CONFIG_VALUE_INVALID', `${message}.`, {
      path,
      layer: locate(path).layer,
    }),
  );
  const sources = leafPaths(complete).map(
    (path) => [printPath(path), locate(path).source] as const,
  );
  return {
    config: complete,
    sources: Object.fromEntries(sources),
    diagnostics: [...checked.flatMap(({ diagnostics }) => diagnostics), ...violations],
  };
}

interface CheckedLayer {
  readonly value: PartialConfiguration;
  readonly diagnostics: readonly Diagnostic[];
}

function checkLayer(layer: ConfigurationLayer): CheckedLayer {
  const { value = {}, findings } = parseLeniently(configurationSchema, layer.value, {
    wrongTypeLevels: 0,
  });
  const invalid = findings.map(({ path, message }) =>
    configurationDiagnostic('CONFIG_VALUE_INVALID', `${message}.`, { path, layer }),
  );
  const shape = { apiVersion: '', kind: '', ...defaultConfiguration };
  const unknown = [...findUnknownFields(layer.value, shape), ...findUnknownGates(value)].map(
    ({ path, suggestion }) => {
      const hint = suggestion === undefined ? '.' : `; did you mean "${suggestion}"?`;
      const message = `kube-proxy knows no field ${printPath(path)}${hint}`;
      return configurationDiagnostic('CONFIG_FIELD_UNKNOWN', message, { path, layer });
    },
  );
  return { value, diagnostics: [...invalid, ...unknown] };
}

function findUnknownGates({ featureGates = {} }: PartialConfiguration): UnknownField[] {
  return Object.keys(featureGates).flatMap((gate) => {
    const suggestion = suggestFeatureGate(gate);
    return suggestion === undefined ? [] : [{ path: ['featureGates', gate], suggestion }];
  });
}

function configurationDiagnostic(
  code: DiagnosticCode,
  message: string,
  { path, layer }: { path: Path; layer: ConfigurationLayer | undefined },
): Diagnostic {
  const source = layer?.sourceOf(path);
  const where = source?.kind === 'flag' ? `--${source.flag}: ` : '';
  return createDiagnostic(code, {
    message: `${where}${message}`,
    objects: [{ kind: 'KubeProxyConfiguration', path: printPath(path) }],
    range: layer?.rangeOf?.(path),
  });
}

interface Locator {
  readonly source: ConfigurationSource;
  readonly layer: ConfigurationLayer | undefined;
}

function locateValue(
  layers: readonly ConfigurationLayer[],
  parts: readonly PartialConfiguration[],
  path: Path,
): Locator {
  const field = String(path.at(-1));
  const index = parts.findLastIndex((part) => !isUnset(field, valueAt(part, path)));
  const layer = layers[index];
  return { source: layer?.sourceOf(path) ?? { kind: 'default' }, layer };
}

function leafPaths(value: unknown, path: Path = []): Path[] {
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
  const entries = isMapping ? Object.entries(value) : [];
  if (entries.length === 0) return [path];
  return entries.flatMap(([key, child]) => leafPaths(child, [...path, key]));
}

/** The wildcard and loopback addresses follow the family of `bindAddress` where they are not set. */
function withFamilyDefaults(
  config: KubeProxyConfiguration,
  parts: readonly PartialConfiguration[],
): KubeProxyConfiguration {
  if (!config.bindAddress.includes(':')) return config;
  const isSet = (field: 'healthzBindAddress' | 'metricsBindAddress'): boolean =>
    parts.some((part) => !isUnset(field, part[field]));
  return {
    ...config,
    healthzBindAddress: isSet('healthzBindAddress') ? config.healthzBindAddress : '[::]:10256',
    metricsBindAddress: isSet('metricsBindAddress') ? config.metricsBindAddress : '[::1]:10249',
  };
}
