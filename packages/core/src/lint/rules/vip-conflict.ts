import { parseIP } from '../../netaddr/ip.ts';
import { printIP } from '../../netaddr/print-ip.ts';
import type { ServicePort } from '../../service/service-port.ts';
import type { Service } from '../../snapshot/service.ts';
import type { ServedService } from '../lint-context.ts';
import type { LintFinding, LintRule } from '../lint-rule.ts';
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
    const holders = new Map<string, ServedService>();
    for (const served of services) {
      for (const { servicePort } of served.servicePorts) {
        for (const ip of addressesOf(servicePort)) {
          const key = `${ip} ${servicePort.port}/${servicePort.protocol}`;
          const holder = holders.get(key);
          if (!holder) holders.set(key, served);
          else if (holder !== served) yield conflict(key, holder, served);
        }
      }
    }
  },
};

function addressesOf({ clusterIP, externalIPs, loadBalancerVIPs }: ServicePort): readonly string[] {
  if (externalIPs.length === 0 && loadBalancerVIPs.length === 0) return [clusterIP];
  return [clusterIP, ...externalIPs, ...loadBalancerVIPs];
}

function conflict(key: string, holder: ServedService, claimant: ServedService): LintFinding {
  const [ip = ''] = key.split(' ');
  return {
    message: `${key} is already claimed by Service ${holder.name}; only one of them gets its traffic.`,
    objects: [claimant, holder].map(({ service }) => serviceRef(service, pathOf(service, ip))),
  };
}

function pathOf({ spec, status }: Service, ip: string): string {
  const places: readonly (readonly [string, readonly string[]])[] = [
    ['spec.externalIPs', spec.externalIPs ?? []],
    [
      'status.loadBalancer.ingress',
      (status?.loadBalancer?.ingress ?? []).map((one) => one.ip ?? ''),
    ],
    ['spec.clusterIPs', spec.clusterIPs ?? []],
  ];
  for (const [path, addresses] of places) {
    const index = addresses.findIndex((text) => canonical(text) === ip);
    if (index >= 0) return `${path}[${index}]`;
  }
  return 'spec.clusterIP';
}

function canonical(address: string): string | undefined {
  const bytes = parseIP(address);
  return bytes && printIP(bytes);
}
