import { chainName } from '../../ruleset/iptables/index.ts';

/** The chains that every node has in iptables mode, besides those of all modes. */
export const chains = {
  services: chainName('KUBE-SERVICES'),
  externalServices: chainName('KUBE-EXTERNAL-SERVICES'),
  nodePorts: chainName('KUBE-NODEPORTS'),
  proxyFirewall: chainName('KUBE-PROXY-FIREWALL'),
  firewall: chainName('KUBE-FIREWALL'),
} as const;
