import type { Match, Rule } from '../../ruleset/iptables/index.ts';
import type { CompiledListener } from '../../ruleset/listeners/index.ts';
import { originOf } from '../shared/origin-of.ts';
import { claimsOf, printClaims } from './claims.ts';
import type { ProxiedServicePort, UserspaceContext } from './context.ts';
import type { Fragment } from './fragment.ts';
import { portalRulesOf, type PortalRules } from './portal-rules.ts';

/** Everything that one service port needs, its addresses in the order in which kube-proxy opens them. */
export function compileServicePort(
  proxied: ProxiedServicePort,
  context: UserspaceContext,
): Fragment {
  const { servicePort, proxyPort } = proxied;
  const { port, clusterIP, externalIPs, loadBalancerVIPs, nodePort } = servicePort;
  const rules = portalRulesOf(proxied, context);
  // A rule is made once, however often an address is listed.
  const vips = [...new Set(loadBalancerVIPs)].filter((address) => address !== clusterIP);
  const nodePortal = { port: nodePort, reason: 'node port' };
  const nodeRules = [rules.nodePortContainer(nodePortal), rules.nodePortHost(nodePortal)];
  return {
    natRules: [
      ...portal(rules, { port, address: clusterIP, reason: 'cluster IP' }),
      ...[...new Set(externalIPs)].flatMap((address) => externalPortal(rules, { port, address })),
      ...vips.flatMap((address) => portal(rules, { port, address, reason: 'loadbalancer IP' })),
      ...(nodePort === 0 ? [] : nodeRules),
    ],
    filterRules:
      nodePort === 0 ? [] : [rules.nodePortNonLocal({ port: proxyPort, reason: 'node port' })],
    listener: listenerOf(proxied, context),
  };
}

interface Address {
  readonly port: number;
  readonly address: string;
}

function portal(rules: PortalRules, at: Address & { readonly reason: string }): Rule[] {
  return [rules.container(at), rules.host(at)];
}

const notFromBridge: Match = { kind: 'physdevIsIn', inverted: true };
const toNode: Match = { kind: 'addrtype', side: 'destination', type: 'LOCAL' };

/** Pods may reach a real machine of that address; the node takes it for its own only if it is. */
function externalPortal(rules: PortalRules, at: Address): Rule[] {
  const external = { ...at, reason: 'external IP' };
  return [
    rules.container({ ...external, matches: [notFromBridge] }),
    rules.container({ ...external, matches: [toNode] }),
    rules.host({ ...external, matches: [toNode] }),
  ];
}

function listenerOf(
  { servicePort, endpoints, proxyPort }: ProxiedServicePort,
  { listenAddress, nodeAddresses }: UserspaceContext,
): CompiledListener {
  const { name, protocol, family, affinitySeconds } = servicePort;
  const claims = printClaims(claimsOf(servicePort, nodeAddresses), family);
  return {
    servicePort: name,
    protocol,
    address: listenAddress,
    port: proxyPort,
    endpoints: endpoints.map(({ address }) => address),
    ...(affinitySeconds !== undefined && { affinityTimeout: affinitySeconds }),
    ...(claims.length > 0 && { claims }),
    origin: originOf(servicePort, 'listener'),
  };
}
