import type { Match, Rule, Target } from '../../ruleset/iptables/index.ts';
import { toMarkMasquerade } from '../shared/masquerade-rules.ts';
import type { IptablesContext } from './context.ts';
import type { Fragment } from './fragment.ts';
import { commentMatch, localTrafficMatch } from '../shared/matches.ts';
import { originOf } from '../shared/origin-of.ts';
import type { Routing } from './routing.ts';

/** The chain of traffic to anything but the cluster IP: who is masqueraded, and who may use endpoints anywhere. */
export function externalChainRules(routing: Routing, context: IptablesContext): Partial<Fragment> {
  const { servicePort, usesExternalChain, externalRefusal, externalPolicyChain } = routing;
  if (!usesExternalChain) return {};
  const natRules = servicePort.externalPolicyLocal
    ? localPolicyRules(routing, context)
    : [masqueradeRule(routing)];
  if (!externalRefusal) {
    natRules.push({
      chain: routing.chains.external,
      matches: [],
      target: { kind: 'jump', chain: externalPolicyChain },
      origin: originOf(servicePort, 'external traffic'),
    });
  }
  return { natChains: [routing.chains.external], natRules };
}

function masqueradeRule({ servicePort, chains: { external } }: Routing): Rule {
  return {
    chain: external,
    matches: [commentMatch(`masquerade traffic for ${servicePort.name} external destinations`)],
    target: toMarkMasquerade,
    origin: originOf(servicePort, 'masquerade external traffic'),
  };
}

/** Under policy Local, traffic of the node and its pods still goes to all endpoints; the node's own is masqueraded. */
function localPolicyRules(
  { servicePort, chains: { external, cluster } }: Routing,
  context: IptablesContext,
): Rule[] {
  const toCluster: Target = { kind: 'jump', chain: cluster };
  const rule = (who: string, matches: readonly Match[], target: Target): Rule => ({
    chain: external,
    matches: [
      commentMatch(`${who} traffic for ${servicePort.name} external destinations`),
      ...matches,
    ],
    target,
    origin: originOf(servicePort, `${who} traffic`),
  });
  const fromNode: Match = { kind: 'addrtype', side: 'source', type: 'LOCAL' };
  return [
    ...(context.detector ? [rule('pod', [localTrafficMatch(context.detector)], toCluster)] : []),
    rule('masquerade LOCAL', [fromNode], toMarkMasquerade),
    rule('route LOCAL', [fromNode], toCluster),
  ];
}
