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
  const more = [...violations, ...releaseRefusals(snapshot, mode, release)];
  return [...unusable, ...more.filter((refusal) => !known.has(refusalKey(refusal)))];
}

/** A value is refused once, however the two checks word it: the first may name the flag that set it. */
function refusalKey({ code, objects }: Diagnostic): string {
  return `${code} ${objects[0]?.path}`;
}

function configurationRefusal(message: string, path: string): Diagnostic {
  return createDiagnostic('CONFIG_VALUE_INVALID', {
    message,
    objects: [{ kind: 'KubeProxyConfiguration', path }],
  });
}

/** What only some releases refuse. */
function releaseRefusals({ config }: Snapshot, mode: ProxyMode, release: Release): Diagnostic[] {
  const { nodePortAddresses, showHiddenMetricsForVersion: metrics, featureGates } = config;
  const [major = '', minor = ''] = release.split('.');
  const previous = `${major}.${Number(minor) - 1}`;
  const behaviour = behaviourOf(release, featureGates);
  const refusals: (readonly [boolean, string, string])[] = [
    [
      nodePortAddresses[0] === 'primary' && !behaviour.primaryNodePortAddresses,
      `"primary" is no CIDR in release ${release}.`,
      'nodePortAddresses[0]',
    ],
    [
      metrics !== '' && metrics !== previous,
      `${quoteValue(metrics)} is not the release before ${release}, ${previous}.`,
      'showHiddenMetricsForVersion',
    ],
    [
      mode === 'nftables' && release !== '1.36',
      `Mode nftables is known as release 1.36 writes it; release ${release} has another layout.`,
      'mode',
    ],
  ];
  return refusals.flatMap(([broken, message, path]) =>
    broken ? [configurationRefusal(message, path)] : [],
  );
}
