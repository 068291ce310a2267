import { containsIP, parseCIDR, printCIDR, type CIDR } from '../../netaddr/cidr.ts';
import { parseIP } from '../../netaddr/ip.ts';
import { printIP } from '../../netaddr/print-ip.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { LintContext } from '../lint-context.ts';
import type { LintFinding, LintRule } from '../lint-rule.ts';
import { count } from '../count.ts';
import { configurationRef, nodeRef, sliceRef } from '../refs.ts';

/**
 * clusterCIDR covers the pods
 *
 * A pod outside of it counts as a client from outside: what it sends to Services is masqueraded.
 */
export const clusterCIDRExcludesPods: LintRule = {
  code: 'CLUSTER_CIDR_EXCLUDES_PODS',
  *check(context) {
    const { detectLocalMode } = context.snapshot.config;
    if (detectLocalMode !== '' && detectLocalMode !== 'ClusterCIDR') return;
    for (const { detector } of context.families) {
      const cidr = detector?.kind === 'cidr' ? parseCIDR(detector.cidr) : undefined;
      if (!cidr) continue;
      const ofNodes = findNodes(context, cidr);
      yield* ofNodes;
      if (ofNodes.length === 0) yield* findEndpoints(context.snapshot, cidr);
    }
  },
};

function findNodes({ nodes }: LintContext, cluster: CIDR): LintFinding[] {
  const outside = nodes.flatMap((node) => {
    const { podCIDR, podCIDRs = podCIDR === undefined ? [] : [podCIDR] } = node.spec ?? {};
    return podCIDRs
      .filter((text) => {
        const cidr = parseCIDR(text.trim());
        return cidr?.family === cluster.family && !containsIP(cluster, cidr.address);
      })
      .map((text) => ({ node, text }));
  });
  const [first] = outside;
  if (!first) return [];
  const others = outside.length === 1 ? '' : `, as ${outside.length - 1} more of the Nodes' are`;
  return [
    {
      message: `The pod CIDR ${first.text} of Node ${first.node.metadata.name} is outside of clusterCIDR ${printCIDR(cluster)}${others}: to kube-proxy its pods are clients from outside the cluster.`,
      objects: [configurationRef('clusterCIDR'), nodeRef(first.node, 'spec')],
    },
  ];
}

/** An endpoint on a Node is a pod, unless it has the Node's own address. */
function findEndpoints({ endpointSlices, nodes }: Snapshot, cluster: CIDR): LintFinding[] {
  const ofNodes = new Set(
    nodes.flatMap(({ status }) => status?.addresses ?? []).map(({ address }) => canonical(address)),
  );
  const isWithin = rangeCheck(cluster);
  const slices = endpointSlices.filter(({ addressType }) => addressType === cluster.family);
  let found = 0;
  let first: { readonly address: string; readonly objects: LintFinding['objects'] } | undefined;
  for (const slice of slices) {
    for (const [index, { addresses, nodeName }] of slice.endpoints.entries()) {
      const address = addresses[0] ?? '';
      if (nodeName === undefined || isWithin(address) || ofNodes.has(canonical(address))) continue;
      found++;
      const ref = sliceRef(slice, `endpoints[${index}].addresses[0]`);
      first ??= { address, objects: [configurationRef('clusterCIDR'), ref] };
    }
  }
  if (!first) return [];
  const others = found === 1 ? '' : ` and ${count(found - 1, 'more endpoint')}`;
  return [
    {
      message: `The endpoint ${first.address}${others} of the cluster's Nodes ${found === 1 ? 'is' : 'are'} outside of clusterCIDR ${printCIDR(cluster)}: to kube-proxy such pods are clients from outside the cluster.`,
      objects: first.objects,
    },
  ];
}

/** There may be very many addresses, nearly all of them IPv4: those are read as a number, without a list of bytes. */
function rangeCheck(cluster: CIDR): (address: string) => boolean {
  const size = 2 ** (32 - cluster.prefixLength);
  const network = Math.floor(valueOf(printIP(cluster.address)) / size);
  return cluster.family === 'IPv4'
    ? (address) => Math.floor(valueOf(address) / size) === network
    : (address) => containsIP(cluster, parseIP(address) ?? []);
}

function valueOf(ipv4: string): number {
  let value = 0;
  let octet = 0;
  for (let at = 0; at < ipv4.length; at++) {
    const digit = ipv4.charCodeAt(at) - zero;
    if (digit >= 0) octet = octet * 10 + digit;
    else {
      value = value * 256 + octet;
      octet = 0;
    }
  }
  return value * 256 + octet;
}

const zero = '0'.charCodeAt(0);

function canonical(address: string): string {
  const ip = parseIP(address);
  return ip ? printIP(ip) : address;
}
