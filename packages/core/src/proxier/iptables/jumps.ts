import type { ChainName, Jump, Match, TableName } from '../../ruleset/iptables/index.ts';
import { chainName } from '../../ruleset/iptables/index.ts';
import { chains } from './chains.ts';
import { commentMatch } from './matches.ts';

const newConnections: Match = { kind: 'conntrack', states: ['NEW'] };
const external = commentMatch('kubernetes externally-visible service portals');
const portals = commentMatch('kubernetes service portals');
const firewall = commentMatch('kubernetes load balancer firewall');
const healthChecks = commentMatch('kubernetes health check service ports');
const forwarding = commentMatch('kubernetes forwarding rules');
const postrouting = commentMatch('kubernetes postrouting rules');

/** The jumps from the built-in chains, in the order in which kube-proxy puts each before those already there. */
export const iptablesJumps: readonly Jump[] = [
  jump('filter', 'INPUT', { to: chains.externalServices, matches: [newConnections, external] }),
  jump('filter', 'FORWARD', { to: chains.externalServices, matches: [newConnections, external] }),
  jump('filter', 'INPUT', { to: chains.nodePorts, matches: [healthChecks] }),
  jump('filter', 'FORWARD', { to: chains.services, matches: [newConnections, portals] }),
  jump('filter', 'OUTPUT', { to: chains.services, matches: [newConnections, portals] }),
  jump('filter', 'FORWARD', { to: chains.forward, matches: [forwarding] }),
  jump('filter', 'INPUT', { to: chains.proxyFirewall, matches: [newConnections, firewall] }),
  jump('filter', 'OUTPUT', { to: chains.proxyFirewall, matches: [newConnections, firewall] }),
  jump('filter', 'FORWARD', { to: chains.proxyFirewall, matches: [newConnections, firewall] }),
  jump('nat', 'OUTPUT', { to: chains.services, matches: [portals] }),
  jump('nat', 'PREROUTING', { to: chains.services, matches: [portals] }),
  jump('nat', 'POSTROUTING', { to: chains.postrouting, matches: [postrouting] }),
  jump('filter', 'INPUT', { to: chains.firewall, matches: [] }),
  jump('filter', 'OUTPUT', { to: chains.firewall, matches: [] }),
];

function jump(
  table: TableName,
  from: string,
  { to, matches }: { readonly to: ChainName; readonly matches: readonly Match[] },
): Jump {
  const target = { kind: 'jump', chain: to } as const;
  return {
    table,
    rule: { chain: chainName(from), matches, target, origin: { reason: `jump from ${from}` } },
  };
}
