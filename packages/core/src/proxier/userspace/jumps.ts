import type { JumpStep, Match } from '../../ruleset/iptables/index.ts';
import { jump, lastJump, newChain } from '../shared/jump.ts';
import { commentMatch } from '../shared/matches.ts';
import { chains } from './chains.ts';

const portals = [commentMatch('handle ClusterIPs; NOTE: this must be before the NodePort rules')];
const nodePorts: readonly Match[] = [
  { kind: 'addrtype', side: 'destination', type: 'LOCAL' },
  commentMatch('handle service NodePorts; NOTE: this must be the last rule in the chain'),
];
const nonLocal = [commentMatch('Ensure that non-local NodePort traffic can flow')];

/** Chains and the jumps to them, in kube-proxy's order: those of node ports come behind what others have there. */
export const userspaceJumps: readonly JumpStep[] = [
  newChain('nat', chains.portalsContainer),
  jump('nat', 'PREROUTING', { to: chains.portalsContainer, matches: portals }),
  newChain('nat', chains.portalsHost),
  jump('nat', 'OUTPUT', { to: chains.portalsHost, matches: portals }),
  newChain('nat', chains.nodePortContainer),
  lastJump('nat', 'PREROUTING', { to: chains.nodePortContainer, matches: nodePorts }),
  newChain('nat', chains.nodePortHost),
  lastJump('nat', 'OUTPUT', { to: chains.nodePortHost, matches: nodePorts }),
  newChain('filter', chains.nodePortNonLocal),
  jump('filter', 'INPUT', { to: chains.nodePortNonLocal, matches: nonLocal }),
];
