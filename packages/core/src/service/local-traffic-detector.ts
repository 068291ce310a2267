import { parseCIDR, printCIDR } from '../netaddr/cidr.ts';
import type { Family } from '../netaddr/family.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { nodeOf } from './node-of.ts';

/** How traffic of this node's own pods is told from other traffic. */
export type LocalTrafficDetector =
  | { readonly kind: 'cidr'; readonly cidr: string }
  | { readonly kind: 'bridgeInterface'; readonly name: string }
  | { readonly kind: 'interfaceNamePrefix'; readonly prefix: string };

/** The detector of one family; `undefined` if the configuration names nothing for it, and local traffic cannot be told apart. */
export function localTrafficDetectorOf(
  snapshot: Snapshot,
  family: Family,
): LocalTrafficDetector | undefined {
  const { detectLocalMode, detectLocal, clusterCIDR } = snapshot.config;
  switch (detectLocalMode) {
    case '':
    case 'ClusterCIDR':
      return ofCIDRs(clusterCIDR.split(','), family);
    case 'NodeCIDR':
      return ofCIDRs(podCIDRsOf(snapshot), family);
    case 'BridgeInterface':
      return { kind: 'bridgeInterface', name: detectLocal.bridgeInterface };
    case 'InterfaceNamePrefix':
      return { kind: 'interfaceNamePrefix', prefix: detectLocal.interfaceNamePrefix };
  }
}

/** What a detector finds of a pod's packets, or does not find of others: `its address is within 10.244.0.0/16`. */
export function printDetector(detector: LocalTrafficDetector, isPod: boolean): string {
  const comesIn = isPod ? 'it comes in by' : 'it does not come in by';
  switch (detector.kind) {
    case 'cidr':
      return `its address is ${isPod ? '' : 'not '}within ${detector.cidr}`;
    case 'bridgeInterface':
      return `${comesIn} ${detector.name}`;
    case 'interfaceNamePrefix':
      return `${comesIn} an interface ${detector.prefix}*`;
  }
}

function ofCIDRs(texts: readonly string[], family: Family): LocalTrafficDetector | undefined {
  const cidrs = texts.map((text) => parseCIDR(text)).filter((cidr) => cidr !== undefined);
  const cidr = cidrs.find((one) => one.family === family);
  return cidr && { kind: 'cidr', cidr: printCIDR(cidr) };
}

function podCIDRsOf(snapshot: Snapshot): readonly string[] {
  const spec = nodeOf(snapshot)?.spec;
  return spec?.podCIDRs ?? (spec?.podCIDR === undefined ? [] : [spec.podCIDR]);
}
