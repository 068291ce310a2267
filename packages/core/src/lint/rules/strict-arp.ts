import { count } from '../count.ts';
import type { LintRule } from '../lint-rule.ts';
import { configurationRef } from '../refs.ts';

/**
 * In ipvs mode, one node answers for a load balancer's IP
 *
 * kube-ipvs0 has it on every node, and Linux answers ARP requests for every address it has.
 */
export const strictARP: LintRule = {
  code: 'STRICT_ARP',
  modes: ['ipvs'],
  *check({ services, snapshot: { config } }) {
    if (config.ipvs.strictARP) return;
    const vips = new Set<string>();
    for (const { servicePorts } of services) {
      for (const { servicePort } of servicePorts) {
        if (servicePort.family === 'IPv6') continue;
        for (const ip of servicePort.loadBalancerVIPs) vips.add(ip);
        for (const ip of servicePort.externalIPs) vips.add(ip);
      }
    }
    const number = vips.size;
    if (number === 0) return;
    yield {
      message: `Without ipvs.strictARP every node answers ARP requests for ${count(number, 'load balancer or external IP')}: whoever announces them from one node only has all others against it.`,
      objects: [configurationRef('ipvs.strictARP')],
    };
  },
};
