import { parseCIDR } from '../../netaddr/cidr.ts';
import type { Family } from '../../netaddr/family.ts';
import { familyOfIP } from '../../netaddr/ip.ts';
import type { Service } from '../../snapshot/service.ts';
import { quoteValue } from '../../util/quote-value.ts';
import type { LintRule } from '../lint-rule.ts';
import { serviceRef } from '../refs.ts';

/**
 * Addresses are of a family that the Service has
 *
 * kube-proxy skips an address of a family in which the Service has no cluster IP.
 */
export const familyUnused: LintRule = {
  code: 'FAMILY_UNUSED',
  *check({ services }) {
    for (const { service, servicePorts } of services) {
      const addresses = addressesOf(service);
      if (addresses.length === 0) continue;
      const served = new Set<Family>(servicePorts.map(({ servicePort }) => servicePort.family));
      for (const { text, family, path } of addresses) {
        if (family === undefined || served.has(family)) continue;
        yield {
          message: `${quoteValue(text)} is ${family}, in which the Service has no cluster IP: kube-proxy skips it.`,
          objects: [serviceRef(service, path)],
        };
      }
    }
  },
};

interface WrittenAddress {
  readonly text: string;
  readonly family: Family | undefined;
  readonly path: string;
}

function addressesOf({ spec, status }: Service): WrittenAddress[] {
  const { externalIPs = [], loadBalancerSourceRanges = [] } = spec;
  const ingress = status?.loadBalancer?.ingress ?? [];
  return [
    ...externalIPs.map((ip, index) => ofIP(ip, `spec.externalIPs[${index}]`)),
    ...ingress.map(({ ip = '' }, index) => ofIP(ip, `status.loadBalancer.ingress[${index}].ip`)),
    ...loadBalancerSourceRanges.map((text, index) => ({
      text,
      family: parseCIDR(text.trim())?.family,
      path: `spec.loadBalancerSourceRanges[${index}]`,
    })),
  ];
}

function ofIP(text: string, path: string): WrittenAddress {
  return { text, family: familyOfIP(text), path };
}
