import type { ProxyMode } from './config/configuration.ts';
import { validateConfiguration } from './config/validate-configuration.ts';
import { createDiagnostic } from './diagnostics/create-diagnostic.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { behaviourOf } from './service/behaviour.ts';
import type { Release } from './service/release.ts';
import type { Snapshot } from './snapshot/snapshot.ts';
import { printPath } from './util/print-path.ts';
import { quoteValue } from './util/quote-value.ts';

/** Why `compile` refuses a snapshot in a mode and release; empty if it does not. All reasons at once. */
export function findRefusals(
  snapshot: Snapshot,
  mode: ProxyMode,
  release: Release,
): readonly Diagnostic[] {
  const { config, unusable } = snapshot;
  const known = new Set(unusable.map(refusalKey));
  const violations = validateConfiguration({ ...config, mode }).map(({ path, message }) =>
    configurationRefusal(`${message}.`, printPath(path)),
  );
  const more = [...violations, ...keywordRefusals(snapshot, release)];
  return [...unusable, ...more.filter((refusal) => !known.has(refusalKey(refusal)))];
}

function refusalKey({ message, objects }: Diagnostic): string {
  return `${objects[0]?.path} ${message}`;
}

function configurationRefusal(message: string, path: string): Diagnostic {
  return createDiagnostic('CONFIG_VALUE_INVALID', {
    message,
    objects: [{ kind: 'KubeProxyConfiguration', path }],
  });
}

function keywordRefusals({ config }: Snapshot, release: Release): Diagnostic[] {
  const [keyword] = config.nodePortAddresses;
  const isKnown = behaviourOf(release, config.featureGates).primaryNodePortAddresses;
  if (keyword !== 'primary' || isKnown) return [];
  return [
    configurationRefusal(
      `${quoteValue(keyword)} is no CIDR in release ${release}.`,
      'nodePortAddresses[0]',
    ),
  ];
}
