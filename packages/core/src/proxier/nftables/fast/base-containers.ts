import type { NamedMap, NamedSet, ObjectName } from '../../../ruleset/nftables/index.ts';
import {
  addressType,
  baseMaps,
  baseSets,
  portType,
  verdictMap,
} from '../shared/base-containers.ts';
import type { NftablesBase } from '../shared/base.ts';
import { familyWords } from '../shared/expressions.ts';
import { containers } from '../shared/objects.ts';
import type { ElementsByContainer } from '../shared/placed-element.ts';
import { clientKey, endpointType, slotKey, slotType, type SlotKeys } from './keys.ts';
import { entranceNames, entrances, firewallSources, protocolNames } from './objects.ts';

/** The most clients on record for each protocol; the kernel's own limit is 65,535. */
const mostClients = 1_048_576;

function everySlotKeys({ family }: NftablesBase): SlotKeys[] {
  return entranceNames.flatMap((entrance) =>
    protocolNames.map((protocol) => ({ family, entrance, protocol })),
  );
}

export function fastSets(base: NftablesBase, elements: ElementsByContainer): NamedSet[] {
  const ofAddress = addressType(base);
  const { address } = familyWords[base.family];
  return [
    ...baseSets(base, elements),
    {
      name: containers.firewallIPs,
      type: ofAddress,
      comment: 'destinations that are subject to LoadBalancerSourceRanges',
      elements: elements.get(containers.firewallIPs) ?? [],
    },
    {
      name: firewallSources,
      type: [...ofAddress, address],
      flags: ['interval'],
      comment: 'LoadBalancerSourceRanges of each destination',
      elements: elements.get(firewallSources) ?? [],
    },
    ...everySlotKeys(base).map((keys): NamedSet => ({
      name: entrances[keys.entrance].byProtocol[keys.protocol].affinity,
      type: clientKey(keys, slotType),
      size: mostClients,
      flags: ['dynamic', 'timeout'],
      comment: 'endpoint slots that clients used',
      elements: [],
    })),
  ];
}

export function fastMaps(base: NftablesBase, elements: ElementsByContainer): NamedMap[] {
  const verdicts = entranceNames.flatMap((entrance) => {
    const { external, local } = entrances[entrance];
    const type = entrance === 'address' ? addressType(base) : portType;
    return [
      verdictMap({ name: external, type, comment: 'external traffic to all endpoints' }, elements),
      verdictMap({ name: local, type, comment: 'external traffic to local endpoints' }, elements),
    ];
  });
  const endpoints = everySlotKeys(base).flatMap((keys) => {
    const objects = entrances[keys.entrance].byProtocol[keys.protocol];
    const map = (name: ObjectName, comment: string): NamedMap => ({
      name,
      type: slotKey(keys, slotType),
      data: endpointType(keys),
      comment,
      elements: elements.get(name) ?? [],
    });
    return [
      map(objects.endpoints, 'endpoints by slot'),
      map(objects.localEndpoints, 'local endpoints by slot'),
    ];
  });
  return [...baseMaps(base, elements), ...verdicts, ...endpoints];
}
