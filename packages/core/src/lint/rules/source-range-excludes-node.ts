import { nodeIPsOf } from '../../service/node-ip.ts';
import { sourceRangesInclude } from '../../service/source-ranges.ts';
import { listNames } from '../../util/list-names.ts';
import type { LintFinding, LintRule } from '../lint-rule.ts';
import { serviceRef } from '../refs.ts';

/**
 * Source ranges hold the nodes
 *
 * What runs in a node's own network is a client like any other, and is dropped if no range has its
 * address.
 */
export const sourceRangeExcludesNode: LintRule = {
  code: 'SOURCE_RANGE_EXCLUDES_NODE',
  *check({ services, nodeSnapshots }) {
    const ips = nodeSnapshots.map((snapshot) => ({
      name: snapshot.nodeName,
      ips: nodeIPsOf(snapshot),
    }));
    const excluded = new Map<string, string>();
    for (const { service, servicePorts } of services) {
      const restricted = servicePorts
        .map(({ servicePort }) => servicePort)
        .find((one) => one.loadBalancerVIPs.length > 0 && one.loadBalancerSourceRanges.length > 0);
      if (!restricted) continue;
      const key = restricted.loadBalancerSourceRanges.join(' ');
      const names =
        excluded.get(key) ??
        listNames(
          ips
            .filter((node) => !sourceRangesInclude(restricted, node.ips[restricted.family]))
            .map(({ name }) => name),
        );
      excluded.set(key, names);
      if (names === '') continue;
      const finding: LintFinding = {
        message: `The source ranges hold no ${restricted.family} address of ${names}: what runs there in the host's network cannot call the load balancer's IP.`,
        objects: [serviceRef(service, 'spec.loadBalancerSourceRanges')],
      };
      yield finding;
    }
  },
};
