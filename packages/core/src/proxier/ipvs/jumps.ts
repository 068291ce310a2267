import type { JumpStep } from '../../ruleset/iptables/index.ts';
import { forwardChain } from '../shared/forward-rules.ts';
import { jump, newChain } from '../shared/jump.ts';
import { markMasqueradeChain, postroutingChain } from '../shared/masquerade-rules.ts';
import { commentMatch } from '../shared/matches.ts';
import { chains } from './chains.ts';

const portals = [commentMatch('kubernetes service portals')];
const postrouting = [commentMatch('kubernetes postrouting rules')];
const forwarding = [commentMatch('kubernetes forwarding rules')];
const healthChecks = [commentMatch('kubernetes health check rules')];
const firewall = [commentMatch('kube-proxy firewall rules')];
const access = [commentMatch('kubernetes ipvs access filter')];

export const natChains = [
  chains.services,
  postroutingChain,
  chains.nodePort,
  chains.loadBalancer,
  markMasqueradeChain,
];

export const filterChains = [
  forwardChain,
  chains.nodePort,
  chains.proxyFirewall,
  chains.sourceRangesFirewall,
  chains.ipvsFilter,
  chains.ipvsOutFilter,
];

/** First all chains, then the jumps, in the order in which kube-proxy puts each before those already there. */
export const ipvsJumps: readonly JumpStep[] = [
  ...natChains.map((chain) => newChain('nat', chain)),
  ...filterChains.map((chain) => newChain('filter', chain)),
  jump('nat', 'OUTPUT', { to: chains.services, matches: portals }),
  jump('nat', 'PREROUTING', { to: chains.services, matches: portals }),
  jump('nat', 'POSTROUTING', { to: postroutingChain, matches: postrouting }),
  jump('filter', 'FORWARD', { to: forwardChain, matches: forwarding }),
  jump('filter', 'INPUT', { to: chains.nodePort, matches: healthChecks }),
  jump('filter', 'INPUT', { to: chains.proxyFirewall, matches: firewall }),
  jump('filter', 'FORWARD', { to: chains.proxyFirewall, matches: firewall }),
  jump('filter', 'INPUT', { to: chains.ipvsFilter, matches: access }),
  jump('filter', 'OUTPUT', { to: chains.ipvsOutFilter, matches: access }),
];
