import { chainName, type Target } from '../../ruleset/iptables/index.ts';

/** The chains that every node has, in filter and nat. */
export const chains = {
  services: chainName('KUBE-SERVICES'),
  externalServices: chainName('KUBE-EXTERNAL-SERVICES'),
  forward: chainName('KUBE-FORWARD'),
  nodePorts: chainName('KUBE-NODEPORTS'),
  proxyFirewall: chainName('KUBE-PROXY-FIREWALL'),
  firewall: chainName('KUBE-FIREWALL'),
  postrouting: chainName('KUBE-POSTROUTING'),
  markMasquerade: chainName('KUBE-MARK-MASQ'),
} as const;

/** Marks a packet for masquerading; the chain returns, and the packet goes on. */
export const toMarkMasquerade: Target = { kind: 'jump', chain: chains.markMasquerade };
