import type { Match } from '../../ruleset/iptables/index.ts';
import { toMarkMasquerade } from '../shared/masquerade-rules.ts';
import type { IptablesContext } from './context.ts';
import type { Fragment } from './fragment.ts';
import { addressMatches, commentMatch, localTrafficMatch } from '../shared/matches.ts';
import { originOf } from '../shared/origin-of.ts';
import type { Routing } from './routing.ts';

/** Marks cluster IP traffic for masquerading: all of it, or what does not come from this node's pods. */
export function clusterIPMasqueradeRules(
  routing: Routing,
  context: IptablesContext,
): Partial<Fragment> {
  const { servicePort, internalChain, internalRefusal } = routing;
  const { masqueradeAll, detector } = context;
  if (internalRefusal || (!masqueradeAll && !detector)) return {};
  const offCluster: Match[] = detector && !masqueradeAll ? [localTrafficMatch(detector, true)] : [];
  return {
    natRules: [
      {
        chain: internalChain,
        matches: [
          commentMatch(`${servicePort.name} cluster IP`),
          ...addressMatches(servicePort, servicePort.clusterIP),
          ...offCluster,
        ],
        target: toMarkMasquerade,
        origin: originOf(
          servicePort,
          masqueradeAll ? 'masquerade all' : 'masquerade off-cluster traffic',
        ),
      },
    ],
  };
}
