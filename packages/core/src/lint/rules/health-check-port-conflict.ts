import type { ServedService } from '../lint-context.ts';
import type { LintRule } from '../lint-rule.ts';
import { serviceRef } from '../refs.ts';

/**
 * A health check port is one Service's
 *
 * kube-proxy listens on it itself: a second listener fails, and a node port takes its packets.
 */
export const healthCheckPortConflict: LintRule = {
  code: 'HEALTH_CHECK_PORT_CONFLICT',
  *check({ services }) {
    if (services.every((served) => portOf(served) === 0)) return;
    const claims = services.flatMap(claimsOf);
    const nodePorts = new Map(claims.filter(({ isNodePort }) => isNodePort).map(byPort));
    const listeners = new Map<number, Claim>();
    for (const claim of claims.filter(({ isNodePort }) => !isNodePort)) {
      const holder = nodePorts.get(claim.port) ?? listeners.get(claim.port);
      if (!holder) listeners.set(claim.port, claim);
      else {
        const what = holder.isNodePort ? 'a node port' : 'the health check port';
        yield {
          message: `Health check port ${claim.port} is ${what} of Service ${holder.served.name} as well: load balancers get no answer from kube-proxy there, or that of the other Service.`,
          objects: [
            serviceRef(claim.served.service, claim.path),
            serviceRef(holder.served.service, holder.path),
          ],
        };
      }
    }
  },
};

interface Claim {
  readonly served: ServedService;
  readonly port: number;
  readonly path: string;
  readonly isNodePort: boolean;
}

function byPort(claim: Claim): [number, Claim] {
  return [claim.port, claim];
}

function claimsOf(served: ServedService): Claim[] {
  const claims = served.service.spec.ports.flatMap(({ nodePort, protocol }, index) =>
    nodePort === 0 || protocol !== 'TCP'
      ? []
      : [{ served, port: nodePort, path: `spec.ports[${index}].nodePort`, isNodePort: true }],
  );
  const port = portOf(served);
  if (port === 0) return claims;
  return [...claims, { served, port, path: 'spec.healthCheckNodePort', isNodePort: false }];
}

function portOf({ servicePorts: [first] }: ServedService): number {
  return first?.servicePort.healthCheckNodePort ?? 0;
}
