import { containsIP, parseCIDR } from '../netaddr/cidr.ts';
import type { IPBytes } from '../netaddr/ip.ts';
import type { ServicePort } from './service-port.ts';

/** Whether one of a service port's source ranges holds an address, such as the node's own. */
export function sourceRangesInclude(
  { loadBalancerSourceRanges }: ServicePort,
  ip: IPBytes,
): boolean {
  return loadBalancerSourceRanges.some((range) => {
    const cidr = parseCIDR(range);
    return cidr !== undefined && containsIP(cidr, ip);
  });
}
