import { joinHostPort } from '../../netaddr/host-port.ts';
import type { ChainName, Match, Rule, Target } from '../../ruleset/iptables/index.ts';
import { commentMatch } from '../shared/matches.ts';
import { originOf } from '../shared/origin-of.ts';
import { chains } from './chains.ts';
import type { ProxiedServicePort, UserspaceContext } from './context.ts';

/** Makes the rules of one service port, by the kinds of rules that kube-proxy has. */
export interface PortalRules {
  readonly container: MakeRule;
  readonly host: MakeRule;
  readonly nodePortContainer: MakeRule;
  readonly nodePortHost: MakeRule;
  readonly nodePortNonLocal: MakeRule;
}

interface Portal {
  readonly port: number;
  /** None for a node port: any address. */
  readonly address?: string;
  /** Behind the address. */
  readonly matches?: readonly Match[];
  /** What the portal is: `cluster IP`, `node port`, … */
  readonly reason: string;
}

type MakeRule = (portal: Portal) => Rule;

export function portalRulesOf(
  { servicePort, proxyPort }: ProxiedServicePort,
  { listenAddress, isWildcard, hostAddress }: UserspaceContext,
): PortalRules {
  const { name, protocol, family } = servicePort;
  const common: readonly Match[] = [
    commentMatch(name),
    { kind: 'protocol', protocol, module: false },
    { kind: 'module', module: protocol },
  ];
  const bits = family === 'IPv4' ? 32 : 128;
  const inChain =
    (chain: ChainName, target: Target, behind: readonly Match[] = []): MakeRule =>
    ({ port, address, matches = [], reason }) => ({
      chain,
      matches: [
        ...common,
        { kind: 'destinationPort', port },
        ...(address === undefined
          ? []
          : [{ kind: 'destination', address: `${address}/${bits}` } as const]),
        ...matches,
        ...behind,
      ],
      target,
      origin: originOf(servicePort, reason),
    });
  const toListener: Target = isWildcard
    ? { kind: 'REDIRECT', port: proxyPort }
    : { kind: 'DNAT', destination: joinHostPort(listenAddress, proxyPort) };
  const toHost: Target = { kind: 'DNAT', destination: joinHostPort(hostAddress, proxyPort) };
  return {
    container: inChain(chains.portalsContainer, toListener),
    host: inChain(chains.portalsHost, toHost),
    nodePortContainer: inChain(chains.nodePortContainer, toListener),
    nodePortHost: inChain(chains.nodePortHost, toHost),
    nodePortNonLocal: inChain(chains.nodePortNonLocal, { kind: 'ACCEPT' }, [
      { kind: 'state', states: ['NEW'] },
    ]),
  };
}
