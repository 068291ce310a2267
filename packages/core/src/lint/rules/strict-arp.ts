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
    const vips = services
      .flatMap(({ servicePorts }) => servicePorts)
      .flatMap(({ servicePort }) => [...servicePort.loadBalancerVIPs, ...servicePort.externalIPs])
      .filter((ip) => !ip.includes(':'));
    const number = new Set(vips).size;
    if (number === 0) return;
    yield {
      message: `Without ipvs.strictARP every node answers ARP requests for ${count(number, 'load balancer or external IP')}: whoever announces them from one node only has all others against it.`,
      objects: [configurationRef('ipvs.strictARP')],
    };
  },
};
