import type { JumpStep, Match, TableName } from '../../ruleset/iptables/index.ts';
import { forwardChain } from '../shared/forward-rules.ts';
import { postroutingChain } from '../shared/masquerade-rules.ts';
import { chains } from './chains.ts';
import { jump, newChain, type JumpParts } from '../shared/jump.ts';
import { commentMatch } from '../shared/matches.ts';

const newConnections: Match = { kind: 'conntrack', states: ['NEW'] };
const external = commentMatch('kubernetes externally-visible service portals');
const portals = commentMatch('kubernetes service portals');
const firewall = commentMatch('kubernetes load balancer firewall');
const healthChecks = commentMatch('kubernetes health check service ports');
const forwarding = commentMatch('kubernetes forwarding rules');
const postrouting = commentMatch('kubernetes postrouting rules');

/** Chains and the jumps to them, in the order in which kube-proxy makes each, a jump before those already there. */
export const iptablesJumps: readonly JumpStep[] = [
  ...row('filter', 'INPUT', { to: chains.externalServices, matches: [newConnections, external] }),
  ...row('filter', 'FORWARD', { to: chains.externalServices, matches: [newConnections, external] }),
  ...row('filter', 'INPUT', { to: chains.nodePorts, matches: [healthChecks] }),
  ...row('filter', 'FORWARD', { to: chains.services, matches: [newConnections, portals] }),
  ...row('filter', 'OUTPUT', { to: chains.services, matches: [newConnections, portals] }),
  ...row('filter', 'FORWARD', { to: forwardChain, matches: [forwarding] }),
  ...row('filter', 'INPUT', { to: chains.proxyFirewall, matches: [newConnections, firewall] }),
  ...row('filter', 'OUTPUT', { to: chains.proxyFirewall, matches: [newConnections, firewall] }),
  ...row('filter', 'FORWARD', { to: chains.proxyFirewall, matches: [newConnections, firewall] }),
  ...row('nat', 'OUTPUT', { to: chains.services, matches: [portals] }),
  ...row('nat', 'PREROUTING', { to: chains.services, matches: [portals] }),
  ...row('nat', 'POSTROUTING', { to: postroutingChain, matches: [postrouting] }),
  ...row('filter', 'INPUT', { to: chains.firewall, matches: [] }),
  ...row('filter', 'OUTPUT', { to: chains.firewall, matches: [] }),
];

/** A jump, and before it the chain to which it goes: several rows name the same chain, and each makes it anew. */
function row(table: TableName, from: string, parts: JumpParts): JumpStep[] {
  return [newChain(table, parts.to), jump(table, from, parts)];
}
