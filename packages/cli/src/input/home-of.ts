import { BlockList, isIP, isIPv6 } from 'node:net';
import type { Snapshot } from '@kube-rules/core';

/** The node of a pod's address, by the EndpointSlices, else by the Nodes' ranges of pods. */
export function homeOf(address: string, { endpointSlices, nodes }: Snapshot): string | undefined {
  if (isIP(address) === 0) return undefined;
  for (const { endpoints } of endpointSlices)
    for (const { addresses, nodeName } of endpoints)
      if (addresses.includes(address) && nodeName !== undefined) return nodeName;
  return nodes.find(({ spec }) =>
    (spec?.podCIDRs ?? [spec?.podCIDR]).some((cidr) => cidr !== undefined && holds(cidr, address)),
  )?.metadata.name;
}

function holds(cidr: string, address: string): boolean {
  const [network = '', length = ''] = cidr.split('/');
  if (isIP(network) === 0 || isIP(network) !== isIP(address)) return false;
  const family = isIPv6(network) ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(network, Number(length), family);
  return list.check(address, family);
}
