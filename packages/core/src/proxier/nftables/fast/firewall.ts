import type { CIDR } from '../../../netaddr/cidr.ts';
import { containsIP, parseCIDR, printCIDR } from '../../../netaddr/cidr.ts';
import type { IPBytes } from '../../../netaddr/ip.ts';
import { sourceRangesInclude } from '../../../service/source-ranges.ts';
import type { ServicePort } from '../../../service/service-port.ts';
import { originOf } from '../../shared/origin-of.ts';
import { containers } from '../shared/objects.ts';
import type { PlacedElement } from '../shared/placed-element.ts';
import { firewallSources } from './objects.ts';

/** Which sources may use a load-balancer address: one key, and all that belongs to it. */
export interface FirewallClaim {
  readonly key: readonly string[];
  readonly elements: readonly PlacedElement[];
}

/** Source ranges hold whether or not there are endpoints, unlike in iptables mode. */
export function firewallClaims(servicePort: ServicePort, nodeIP: IPBytes): FirewallClaim[] {
  const { loadBalancerVIPs, loadBalancerSourceRanges, protocol, port } = servicePort;
  if (loadBalancerSourceRanges.length === 0) return [];
  // The node's own traffic to a VIP may bear the VIP as its source.
  const own = sourceRangesInclude(servicePort, nodeIP) ? loadBalancerVIPs : [];
  const sources = collapse([...loadBalancerSourceRanges, ...own.map(hostCIDR)]);
  const origin = originOf(servicePort, 'load balancer source ranges');
  return loadBalancerVIPs.map((vip) => {
    const key = [vip, protocol, String(port)];
    return {
      key,
      elements: [
        { container: containers.firewallIPs, element: { key, origin } },
        ...sources.map((source) => ({
          container: firewallSources,
          element: { key: [...key, source], origin },
        })),
      ],
    };
  });
}

function hostCIDR(ip: string): string {
  return ip.includes(':') ? `${ip}/128` : `${ip}/32`;
}

/** The widest ranges alone, by prefix length: a set with ranges refuses one that lies in another. */
function collapse(ranges: readonly string[]): string[] {
  const cidrs = ranges.flatMap((range) => parseCIDR(range) ?? []);
  const widest: CIDR[] = [];
  for (const cidr of cidrs.toSorted((a, b) => a.prefixLength - b.prefixLength))
    if (!widest.some((wide) => containsIP(wide, cidr.address))) widest.push(cidr);
  return widest.map(printCIDR);
}
