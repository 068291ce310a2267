import type { DataType, NamedMap, NamedSet, ObjectName } from '../../../ruleset/nftables/index.ts';
import type { NftablesBase } from './base.ts';
import { familyWords } from './expressions.ts';
import { containers } from './objects.ts';
import type { ElementsByContainer } from './placed-element.ts';

/** `type inet_proto . inet_service` */
export const portType: readonly DataType[] = ['inet_proto', 'inet_service'];

/** `type ipv4_addr . inet_proto . inet_service` */
export function addressType({ family }: NftablesBase): readonly DataType[] {
  return [familyWords[family].address, ...portType];
}

/** The sets that every node has, in either layout. */
export function baseSets(base: NftablesBase, elements: ElementsByContainer): NamedSet[] {
  const { address } = familyWords[base.family];
  const set = (name: ObjectName, type: readonly DataType[], comment: string): NamedSet => ({
    name,
    type,
    comment,
    elements: elements.get(name) ?? [],
  });
  return [
    set(containers.clusterIPs, [address], 'Active ClusterIPs'),
    set(
      containers.hairpinConnections,
      [address, address, ...portType],
      'service hairpin connections',
    ),
    ...(base.matchAllNodePorts
      ? []
      : [set(containers.nodePortIPs, [address], 'IPs that accept NodePort traffic')]),
  ];
}

/** The verdict maps that every node has, in either layout. */
export function baseMaps(base: NftablesBase, elements: ElementsByContainer): NamedMap[] {
  const ofAddress = addressType(base);
  const map = (name: ObjectName, type: readonly DataType[], comment: string): NamedMap =>
    verdictMap({ name, type, comment }, elements);
  return [
    map(
      containers.noEndpointNodePorts,
      portType,
      'vmap to drop or reject packets to service nodeports with no endpoints',
    ),
    map(
      containers.noEndpointServices,
      ofAddress,
      'vmap to drop or reject packets to services with no endpoints',
    ),
    map(containers.serviceIPs, ofAddress, 'ClusterIP, ExternalIP and LoadBalancer IP traffic'),
    map(containers.serviceNodePorts, portType, 'NodePort traffic'),
  ];
}

/** A map from keys to verdicts, with its elements. */
export function verdictMap(
  declaration: Pick<NamedMap, 'name' | 'type' | 'comment'>,
  elements: ElementsByContainer,
): NamedMap {
  return {
    ...declaration,
    data: 'verdict',
    elements: elements.get(declaration.name) ?? [],
  };
}
