import { parseIP } from '../../netaddr/ip.ts';
import { printIP } from '../../netaddr/print-ip.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { ServedService } from '../lint-context.ts';
import type { LintFinding, LintRule } from '../lint-rule.ts';
import { nodeRef, serviceRef } from '../refs.ts';

/** What listens on a node's own addresses nearly everywhere. */
const listeners: ReadonlyMap<number, string> = new Map([
  [22, 'sshd'],
  [2379, 'etcd'],
  [2380, 'etcd'],
  [6443, 'the API server'],
  [10_250, 'the kubelet'],
  [10_256, 'kube-proxy itself'],
  [10_257, 'the controller manager'],
  [10_259, 'the scheduler'],
]);

/**
 * A Service does not take a node's own port
 *
 * A node port, or an external IP that is a node's address, comes before what listens there.
 */
export const hostPortTaken: LintRule = {
  code: 'HOST_PORT_TAKEN',
  *check({ services, snapshot }) {
    const nodesByAddress = indexAddresses(snapshot);
    for (const served of services) {
      if (!mayTake(served)) continue;
      yield* findNodePorts(served);
      yield* findAddresses(served, nodesByAddress);
    }
  },
};

/** Of very many Services hardly one has such a number. */
function mayTake({ service }: ServedService): boolean {
  return service.spec.ports.some(
    ({ port, nodePort }) => listeners.has(port) || listeners.has(nodePort),
  );
}

type NodesByAddress = ReadonlyMap<string, Snapshot['nodes'][number]>;

function* findNodePorts({ service }: ServedService): Iterable<LintFinding> {
  for (const [index, { nodePort, protocol }] of service.spec.ports.entries()) {
    const owner = protocol === 'TCP' ? listeners.get(nodePort) : undefined;
    if (owner === undefined) continue;
    yield {
      message: `Node port ${nodePort} is where ${owner} listens: on every node its clients get this Service instead.`,
      objects: [serviceRef(service, `spec.ports[${index}].nodePort`)],
    };
  }
}

function* findAddresses(
  { service, servicePorts }: ServedService,
  nodesByAddress: NodesByAddress,
): Iterable<LintFinding> {
  const claimed = servicePorts.flatMap(({ servicePort }) => [
    ...servicePort.externalIPs,
    ...servicePort.loadBalancerVIPs,
  ]);
  if (claimed.length === 0) return;
  for (const address of new Set(claimed)) {
    const node = nodesByAddress.get(address);
    if (!node) continue;
    for (const [index, { port, protocol }] of service.spec.ports.entries()) {
      const owner = protocol === 'TCP' ? listeners.get(port) : undefined;
      if (owner === undefined) continue;
      yield {
        message: `${address}:${port} is where ${owner} of Node ${node.metadata.name} listens: its clients get this Service instead.`,
        objects: [serviceRef(service, `spec.ports[${index}].port`), nodeRef(node)],
      };
    }
  }
}

function indexAddresses({ nodes }: Snapshot): NodesByAddress {
  return new Map(
    nodes.flatMap((node) =>
      (node.status?.addresses ?? []).flatMap(({ address }) => {
        const ip = parseIP(address);
        return ip ? [[printIP(ip), node] as const] : [];
      }),
    ),
  );
}
