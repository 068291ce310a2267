import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { LintRule } from '../lint-rule.ts';
import { serviceRef } from '../refs.ts';

const sysctl = 'net.ipv4.ip_local_port_range';

/** Linux's own, where a node does not say. */
const usual: PortRange = { first: 32_768, last: 60_999 };

interface PortRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Node ports are not the host's own
 *
 * The host takes the local port of its connections from a range; answers to one that is a node port
 * as well go astray.
 */
export const nodePortEphemeral: LintRule = {
  code: 'NODE_PORT_EPHEMERAL',
  *check({ services, nodeSnapshots }) {
    const known = nodeSnapshots.length === 0 ? [usual] : nodeSnapshots.map(rangeOf);
    const ranges = new Map(known.map((range) => [`${range.first} to ${range.last}`, range]));
    for (const { service } of services) {
      for (const [index, { nodePort }] of service.spec.ports.entries()) {
        for (const [text, { first, last }] of ranges) {
          if (nodePort < first || nodePort > last) continue;
          yield {
            message: `Node port ${nodePort} is within ${text}, from which the host takes the ports of its own connections.`,
            objects: [serviceRef(service, `spec.ports[${index}].nodePort`)],
          };
        }
      }
    }
  },
};

function rangeOf({ nodeState }: Snapshot): PortRange {
  const [first, last] = String(nodeState.sysctls?.[sysctl] ?? '')
    .split(/\s+/)
    .map(Number);
  return first === undefined || last === undefined ? usual : { first, last };
}
