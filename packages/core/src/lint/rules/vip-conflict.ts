import { parseIP } from '../../netaddr/ip.ts';
import { printIP } from '../../netaddr/print-ip.ts';
import type { Service } from '../../snapshot/service.ts';
import type { ServedService } from '../lint-context.ts';
import type { LintRule } from '../lint-rule.ts';
import { serviceRef } from '../refs.ts';

/**
 * An address and port belong to one Service
 *
 * Cluster IPs, external IPs and load balancer IPs lead to whichever Service is written first or
 * last, which differs between modes and nodes.
 */
export const vipConflict: LintRule = {
  code: 'VIP_CONFLICT',
  *check({ services }) {
    const holders = new Map<string, Claim>();
    for (const claim of services.flatMap(claimsOf)) {
      const holder = holders.get(claim.key);
      if (!holder) holders.set(claim.key, claim);
      else if (holder.served !== claim.served) {
        yield {
          message: `${claim.key} is already claimed by Service ${holder.served.name}; only one of them gets its traffic.`,
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
  readonly key: string;
  readonly served: ServedService;
  readonly path: string;
}

function claimsOf(served: ServedService): Claim[] {
  const { ports } = served.service.spec;
  return addressesOf(served.service).flatMap(({ address, path }) => {
    const ip = parseIP(address);
    if (!ip) return [];
    const text = printIP(ip);
    return ports.map(({ port, protocol }) => ({
      key: `${text} ${port}/${protocol}`,
      served,
      path,
    }));
  });
}

function addressesOf({ spec, status }: Service): { address: string; path: string }[] {
  const { clusterIP, clusterIPs = [clusterIP], externalIPs = [] } = spec;
  const ingress = status?.loadBalancer?.ingress ?? [];
  return [
    ...clusterIPs.map((address, index) => ({
      address,
      path: spec.clusterIPs ? `spec.clusterIPs[${index}]` : 'spec.clusterIP',
    })),
    ...externalIPs.map((address, index) => ({ address, path: `spec.externalIPs[${index}]` })),
    ...ingress.flatMap(({ ip = '', ipMode }, index) =>
      ipMode === 'Proxy' ? [] : [{ address: ip, path: `status.loadBalancer.ingress[${index}].ip` }],
    ),
  ];
}
