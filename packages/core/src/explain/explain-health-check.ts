import type { ResolvedServicePort } from '../service/resolve-family.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { groupBy } from '../util/group-by.ts';
import { nodeAddressesFor } from './explain-addresses.ts';
import type { ExplainedMode, HealthCheckExplanation } from './explanation.ts';

/**
 * What kube-proxy answers on a Service's `healthCheckNodePort`, in each family: 200 if the node has a
 * ready endpoint, as long as kube-proxy itself is well, else 503.
 */
export function explainHealthChecks(
  snapshot: Snapshot,
  servicePorts: readonly ResolvedServicePort[],
  mode: ExplainedMode,
): HealthCheckExplanation[] {
  const byFamily = groupBy(servicePorts, ({ servicePort }) => servicePort.family);
  return [...byFamily].flatMap(([family, ports]) => {
    const port = ports[0]?.servicePort.healthCheckNodePort ?? 0;
    if (port === 0) return [];
    const ready = ports
      .flatMap(({ allEndpoints }) => allEndpoints)
      .filter((endpoint) => endpoint.isLocal && endpoint.ready);
    const localEndpoints = new Set(ready.map(({ ip }) => ip)).size;
    const status = localEndpoints > 0 ? 200 : 503;
    return [{ family, port, status, localEndpoints, ...nodeAddressesFor(snapshot, mode, family) }];
  });
}
