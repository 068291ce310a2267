import type { Match, Rule } from '../../ruleset/iptables/index.ts';
import { chains } from './chains.ts';
import type { IptablesContext } from './context.ts';
import type { Fragment } from './fragment.ts';
import { commentMatch, protocolMatch } from '../shared/matches.ts';
import { externalRefusalRules } from './refusal.ts';
import { originOf } from '../shared/origin-of.ts';
import type { Routing } from './routing.ts';

const localhostCounter = 'localhost_nps_accepted_pkts';

/** Sends traffic for the node port to the external chain, and turns it away where policy Local has no endpoint. */
export function nodePortRules(routing: Routing, context: IptablesContext): Partial<Fragment> {
  const { servicePort, endpoints } = routing;
  const { nodePort } = servicePort;
  if (nodePort === 0) return {};
  const port: Match = { kind: 'destinationPort', port: nodePort };
  const toNode: Match = { kind: 'addrtype', side: 'destination', type: 'LOCAL' };
  return {
    natRules: endpoints.hasAny ? natRules(routing, context, port) : [],
    filterRules: externalRefusalRules(routing, [[toNode, protocolMatch(servicePort), port]]),
  };
}

function natRules(
  { servicePort, chains: { external } }: Routing,
  context: IptablesContext,
  port: Match,
): Rule[] {
  const rule = (matches: readonly Match[]): Rule => ({
    chain: chains.nodePorts,
    matches: [commentMatch(servicePort.name), protocolMatch(servicePort), ...matches],
    target: { kind: 'jump', chain: external },
    origin: originOf(servicePort, 'node port'),
  });
  if (!context.countsLocalhostNodePorts) return [rule([port])];
  const counted = rule([
    { kind: 'destination', address: '127.0.0.0/8' },
    port,
    { kind: 'nfacct', name: localhostCounter },
  ]);
  return [counted, rule([port])];
}

/** Accepts traffic for the health-check node port, which kube-proxy answers itself. */
export function healthCheckRules({ servicePort }: Routing): Partial<Fragment> {
  const { name, healthCheckNodePort } = servicePort;
  if (healthCheckNodePort === 0) return {};
  return {
    filterRules: [
      {
        chain: chains.nodePorts,
        matches: [
          commentMatch(`${name} health check node port`),
          protocolMatch({ protocol: 'tcp' }),
          { kind: 'destinationPort', port: healthCheckNodePort },
        ],
        target: { kind: 'ACCEPT' },
        origin: originOf(servicePort, 'health check node port'),
      },
    ],
  };
}
