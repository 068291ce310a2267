import type { Chain, ObjectName, Rule, Statement } from '../../../ruleset/nftables/index.ts';
import { sourceRangesInclude } from '../../../service/source-ranges.ts';
import { originOf } from '../../shared/origin-of.ts';
import type { NftablesContext } from './context.ts';
import { fromNode, localTraffic, sourceAddress, verdict } from '../shared/expressions.ts';
import type { Fragment } from './fragment.ts';
import type { Routing } from './routing.ts';

interface RuleParts {
  readonly statements: readonly Statement[];
  readonly reason: string;
  readonly comment?: string;
}

function chainOf({ servicePort }: Routing, name: ObjectName, rules: readonly RuleParts[]): Chain {
  return {
    name,
    rules: rules.map(({ statements, reason, comment }): Rule => ({
      chain: name,
      statements,
      ...(comment !== undefined && { comment }),
      origin: originOf(servicePort, reason),
    })),
  };
}

/** The chain of traffic to anything but the cluster IP: who is masqueraded, and who may use endpoints anywhere. */
export function externalChain(routing: Routing, context: NftablesContext): Partial<Fragment> {
  const { servicePort, usesExternalChain, externalRefusal, externalPolicyChain } = routing;
  if (!usesExternalChain) return {};
  const toPolicyChain: RuleParts = {
    statements: [verdict({ kind: 'goto', chain: externalPolicyChain })],
    reason: 'external traffic',
  };
  const rules = [
    ...(servicePort.externalPolicyLocal
      ? localPolicyRules(routing, context)
      : [masqueradeRule(context)]),
    ...(externalRefusal ? [] : [toPolicyChain]),
  ];
  return { chains: [chainOf(routing, routing.externalChain, rules)] };
}

function setMark({ masqueradeMark: mark }: NftablesContext): Statement {
  return { kind: 'markSet', operation: 'or', mark };
}

function masqueradeRule(context: NftablesContext): RuleParts {
  return {
    statements: [setMark(context)],
    reason: 'masquerade external traffic',
    comment: 'masquerade',
  };
}

/** Under policy Local, traffic of the node and its pods still goes to all endpoints; the node's own is masqueraded. */
function localPolicyRules({ clusterChain }: Routing, context: NftablesContext): RuleParts[] {
  const { detector, family } = context;
  const toCluster = verdict({ kind: 'goto', chain: clusterChain });
  const fromPods: RuleParts[] = detector
    ? [
        {
          statements: [localTraffic(detector, family), toCluster],
          reason: 'pod traffic',
          comment: 'short-circuit pod traffic',
        },
      ]
    : [];
  return [
    ...fromPods,
    {
      statements: [fromNode, setMark(context)],
      reason: 'masquerade local traffic',
      comment: 'masquerade local traffic',
    },
    {
      statements: [fromNode, toCluster],
      reason: 'local traffic',
      comment: 'short-circuit local traffic',
    },
  ];
}

/** The chain that drops load-balancer traffic from other sources than the allowed ones. */
export function firewallChain(
  routing: Routing,
  { family, nodeIP }: NftablesContext,
): Partial<Fragment> {
  const { servicePort, usesFirewallChain } = routing;
  if (!usesFirewallChain) return {};
  const { loadBalancerSourceRanges, loadBalancerVIPs } = servicePort;
  // The node's own traffic to a VIP may bear the VIP as its source.
  const own = sourceRangesInclude(servicePort, nodeIP) ? loadBalancerVIPs : [];
  const otherSources: Statement = {
    kind: 'match',
    left: sourceAddress(family),
    inverted: true,
    right: { kind: 'anonymousSet', values: [...loadBalancerSourceRanges, ...own] },
  };
  const statements = [otherSources, verdict({ kind: 'drop' })];
  const rules = [{ statements, reason: 'load balancer source ranges' }];
  return { chains: [chainOf(routing, routing.firewallChain, rules)] };
}
