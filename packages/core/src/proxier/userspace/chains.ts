import { chainName } from '../../ruleset/iptables/index.ts';

/** The chains of userspace mode: for packets that come in, and for those that the node itself sends. */
export const chains = {
  portalsContainer: chainName('KUBE-PORTALS-CONTAINER'),
  portalsHost: chainName('KUBE-PORTALS-HOST'),
  nodePortContainer: chainName('KUBE-NODEPORT-CONTAINER'),
  nodePortHost: chainName('KUBE-NODEPORT-HOST'),
  /** In table filter. */
  nodePortNonLocal: chainName('KUBE-NODEPORT-NON-LOCAL'),
} as const;
