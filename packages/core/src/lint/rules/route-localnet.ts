import type { LintRule } from '../lint-rule.ts';
import { configurationRef } from '../refs.ts';

/**
 * In iptables mode, node ports on localhost open loopback to neighbours
 *
 * They need net.ipv4.conf.all.route_localnet.
 */
export const routeLocalnet: LintRule = {
  code: 'ROUTE_LOCALNET',
  modes: ['iptables'],
  *check({ families, snapshot: { config } }) {
    const ipv4 = families.find(({ family }) => family === 'IPv4');
    const hasNodePorts = ipv4?.servicePorts.some(({ servicePort }) => servicePort.nodePort !== 0);
    if (!config.iptables.localhostNodePorts || hasNodePorts !== true) return;
    if (!ipv4?.nodePortAddresses.containsLoopback) return;
    yield {
      message:
        "For node ports on 127.0.0.1 kube-proxy sets net.ipv4.conf.all.route_localnet to 1, with which neighbours can address what listens on a node's loopback only.",
      objects: [configurationRef('iptables.localhostNodePorts')],
    };
  },
};
