import type { ResolvedFamily, ResolvedServicePort } from '../../service/resolve-family.ts';
import { resolveNodePortIPs } from '../../service/node-port-ips.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { mostEntries } from './assemble.ts';

/** Whether one of a family's sets may have more entries than it takes; `false` is certain, and costs no compilation. */
export function mayFillSets(snapshot: Snapshot, resolved: ResolvedFamily): boolean {
  const { servicePorts, family, nodePortAddresses } = resolved;
  const nodeIPs = resolveNodePortIPs(snapshot, family, nodePortAddresses).length;
  let entries = 0;
  for (const one of servicePorts) entries += entriesOf(one, nodeIPs);
  return entries > mostEntries;
}

/** As many entries as all sets together have at most for a service port. */
function entriesOf({ servicePort, allEndpoints }: ResolvedServicePort, nodeIPs: number): number {
  const { externalIPs, loadBalancerVIPs, loadBalancerSourceRanges } = servicePort;
  let local = 0;
  for (const { isLocal } of allEndpoints) if (isLocal) local++;
  const ofVIP = 4 + loadBalancerSourceRanges.length;
  return 1 + local + 2 * externalIPs.length + loadBalancerVIPs.length * ofVIP + 2 * nodeIPs;
}
