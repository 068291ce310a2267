import type { Breakage } from './breakage.ts';

/** What two implementations of iptables may have at once; `load_nft` and `load_legacy` load all rules. */
export const BOTH_BACKENDS_BREAKAGES: readonly Breakage[] = [
  {
    name: 'that both have all rules',
    script: 'load_nft; load_legacy',
    findings: ['both-backends: iptables IPv4 filter, KUBE-SERVICES'],
    message: 'in iptables-nft and in iptables-legacy at once',
    broken: 'all',
  },
  {
    name: 'that the other one has a chain of a former Service',
    script: `
      load_nft
      iptables-legacy -t nat -N KUBE-SVC-AAAAAAAAAAAAAAAA
      iptables-legacy -t nat -A KUBE-SVC-AAAAAAAAAAAAAAAA -p tcp -j DNAT --to-destination 10.244.9.9:8080
    `,
    findings: ['both-backends: iptables IPv4 nat, KUBE-SERVICES'],
    broken: 'all',
  },
  {
    name: 'nothing where only one of them has rules of kube-proxy',
    script: `
      load_legacy
      iptables-nft -A INPUT -i lo -j ACCEPT
    `,
    findings: [],
    foreign: 1,
    broken: [],
  },
];
