import type { Chain, ObjectName, Statement } from '../../../ruleset/nftables/index.ts';
import {
  baseChains,
  lookUpAddress,
  nodeChains,
  type BaseRule,
  type NftablesBase,
} from '../shared/base.ts';
import {
  addressKey,
  addressSourceKey,
  fromNode,
  localTraffic,
  portKey,
  verdict,
} from '../shared/expressions.ts';
import { containers } from '../shared/objects.ts';
import { entranceNames, entrances, firewallSources, type Entrance } from './objects.ts';

/** The chains that every node has: the same for any number of Services. */
export function fastBaseChains(base: NftablesBase): Chain[] {
  const external = entranceNames.flatMap((entrance) => {
    const { externalChain, externalLocalChain } = entrances[entrance];
    return [
      [externalChain, { rules: externalRules(base, entrance) }] as const,
      [externalLocalChain, { rules: externalLocalRules(base, entrance) }] as const,
    ];
  });
  return [...baseChains(base, checkSources(base)), ...nodeChains(external)];
}

/** Drops what goes to an address with source ranges and comes from none of them. */
function checkSources({ family }: NftablesBase): BaseRule {
  const hasRanges: Statement = {
    kind: 'match',
    left: addressKey(family),
    right: { kind: 'set', name: containers.firewallIPs },
  };
  const fromOthers: Statement = {
    kind: 'match',
    left: addressSourceKey(family),
    inverted: true,
    right: { kind: 'set', name: firewallSources },
  };
  return { statements: [hasRanges, fromOthers, verdict({ kind: 'drop' })] };
}

function lookUp({ family }: NftablesBase, entrance: Entrance, map: ObjectName): BaseRule {
  if (entrance === 'address') return lookUpAddress(family, map);
  return { statements: [{ kind: 'vmap', key: portKey, map }] };
}

/** Policy Cluster: masqueraded, to any endpoint. */
function externalRules(base: NftablesBase, entrance: Entrance): BaseRule[] {
  const setMark: Statement = { kind: 'markSet', operation: 'or', mark: base.masqueradeMark };
  return [
    { statements: [setMark], comment: 'masquerade' },
    lookUp(base, entrance, entrances[entrance].external),
  ];
}

/** Policy Local: pods and the node itself still reach any endpoint, the node masqueraded; others those of this node. */
function externalLocalRules(base: NftablesBase, entrance: Entrance): BaseRule[] {
  const { external, local, externalChain } = entrances[entrance];
  const { detector, family } = base;
  const { statements } = lookUp(base, entrance, external);
  const fromPods: BaseRule[] = detector
    ? [
        {
          statements: [localTraffic(detector, family), ...statements],
          comment: 'short-circuit pod traffic',
        },
      ]
    : [];
  return [
    ...fromPods,
    {
      statements: [fromNode, verdict({ kind: 'goto', chain: externalChain })],
      comment: 'masquerade and short-circuit local traffic',
    },
    lookUp(base, entrance, local),
  ];
}
