import type { Table } from '../../../ruleset/nftables/index.ts';
import type { ResolvedFamily } from '../../../service/resolve-family.ts';
import { assembleTable } from '../shared/assemble-table.ts';
import { addressType, baseMaps, baseSets, verdictMap } from '../shared/base-containers.ts';
import { baseChains, lookUpAddress, type NftablesBase } from '../shared/base.ts';
import { containers } from '../shared/objects.ts';
import { collectElements, type PlacedElement } from '../shared/placed-element.ts';
import { compileServicePort } from './compile-service-port.ts';
import type { NftablesContext } from './context.ts';

/** One table with chains for each service port, as kube-proxy writes it. */
export function compileKubeProxyFamily(
  base: NftablesBase,
  { servicePorts, nodeIP }: ResolvedFamily,
  nodeElements: readonly PlacedElement[],
): Table {
  const { family, detector, masqueradeMark } = base;
  const context: NftablesContext = { family, detector, masqueradeMark, nodeIP };
  const fragments = servicePorts.map((servicePort) => compileServicePort(servicePort, context));
  const elements = collectElements([
    ...nodeElements,
    ...fragments.flatMap((fragment) => fragment.elements),
  ]);
  const firewallCheck = lookUpAddress(family, containers.firewallIPs);
  const firewallIPs = verdictMap(
    {
      name: containers.firewallIPs,
      type: addressType(base),
      comment: 'destinations that are subject to LoadBalancerSourceRanges',
    },
    elements,
  );
  return assembleTable(family, {
    chains: [
      ...baseChains(base, firewallCheck),
      ...fragments.flatMap((fragment) => fragment.chains),
    ],
    sets: [...baseSets(base, elements), ...fragments.flatMap((fragment) => fragment.sets)],
    maps: [...baseMaps(base, elements), firewallIPs],
  });
}
