import { chainName } from '../../ruleset/iptables/index.ts';

/** The chains of ipvs mode, besides those of all modes. */
export const chains = {
  services: chainName('KUBE-SERVICES'),
  nodePort: chainName('KUBE-NODE-PORT'),
  loadBalancer: chainName('KUBE-LOAD-BALANCER'),
  proxyFirewall: chainName('KUBE-PROXY-FIREWALL'),
  sourceRangesFirewall: chainName('KUBE-SOURCE-RANGES-FIREWALL'),
  ipvsFilter: chainName('KUBE-IPVS-FILTER'),
  ipvsOutFilter: chainName('KUBE-IPVS-OUT-FILTER'),
} as const;
