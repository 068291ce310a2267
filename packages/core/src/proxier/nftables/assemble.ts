import type {
  DataType,
  Element,
  NamedSet,
  Table,
  VerdictMap,
} from '../../ruleset/nftables/index.ts';
import { objectName, printElement } from '../../ruleset/nftables/index.ts';
import { compareText } from '../../util/compare-text.ts';
import { baseChains, type NftablesBase } from './base.ts';
import { familyWords } from './expressions.ts';
import type { Fragment, PlacedElement } from './fragment.ts';
import { containers, type Container } from './objects.ts';

/** Puts the fragments into one table, in the order of kube-proxy's objects by name. */
export function assemble(
  base: NftablesBase,
  fragments: readonly Fragment[],
  nodeElements: readonly PlacedElement[],
): Table {
  const elements = collectElements([
    ...nodeElements,
    ...fragments.flatMap((fragment) => fragment.elements),
  ]);
  const chains = [...baseChains(base), ...fragments.flatMap((fragment) => fragment.chains)];
  const sets = [...baseSets(base, elements), ...fragments.flatMap((fragment) => fragment.sets)];
  return {
    family: familyWords[base.family].protocol,
    name: objectName('kube-proxy'),
    comment: 'rules for kube-proxy',
    chains: chains.sort(byName),
    sets: sets.sort(byName),
    maps: baseMaps(base, elements),
  };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return compareText(a.name, b.name);
}

type Elements = ReadonlyMap<Container, readonly Element[]>;

/**
 * One element of each key. One that is added again as it is keeps its place; one that changes is
 * deleted and added: it stands at the place of the last change.
 */
function collectElements(placed: readonly PlacedElement[]): Elements {
  const byContainer = new Map<Container, Map<string, Element>>();
  for (const { container, ...element } of placed) {
    const held = byContainer.get(container) ?? new Map<string, Element>();
    const key = element.key.join(' . ');
    const present = held.get(key);
    if (present && printElement(present) === printElement(element)) continue;
    held.delete(key);
    byContainer.set(container, held.set(key, element));
  }
  return new Map([...byContainer].map(([container, held]) => [container, [...held.values()]]));
}

function baseSets({ family, matchAllNodePorts }: NftablesBase, elements: Elements): NamedSet[] {
  const { address } = familyWords[family];
  const set = (container: Container, type: readonly DataType[], comment: string): NamedSet => ({
    name: containers[container],
    type,
    comment,
    elements: elements.get(container) ?? [],
  });
  return [
    set('clusterIPs', [address], 'Active ClusterIPs'),
    set(
      'hairpinConnections',
      [address, address, 'inet_proto', 'inet_service'],
      'service hairpin connections',
    ),
    ...(matchAllNodePorts
      ? []
      : [set('nodePortIPs', [address], 'IPs that accept NodePort traffic')]),
  ];
}

function baseMaps({ family }: NftablesBase, elements: Elements): VerdictMap[] {
  const ofPort: readonly DataType[] = ['inet_proto', 'inet_service'];
  const ofAddress: readonly DataType[] = [familyWords[family].address, ...ofPort];
  const map = (container: Container, type: readonly DataType[], comment: string): VerdictMap => ({
    name: containers[container],
    type,
    comment,
    elements: elements.get(container) ?? [],
  });
  return [
    map('firewallIPs', ofAddress, 'destinations that are subject to LoadBalancerSourceRanges'),
    map(
      'noEndpointNodePorts',
      ofPort,
      'vmap to drop or reject packets to service nodeports with no endpoints',
    ),
    map(
      'noEndpointServices',
      ofAddress,
      'vmap to drop or reject packets to services with no endpoints',
    ),
    map('serviceIPs', ofAddress, 'ClusterIP, ExternalIP and LoadBalancer IP traffic'),
    map('serviceNodePorts', ofPort, 'NodePort traffic'),
  ];
}
