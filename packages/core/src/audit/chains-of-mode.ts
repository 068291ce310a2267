import type { NodeRules } from '../diff/node-rules.ts';

type IptablesMode = 'iptables' | 'ipvs' | 'userspace';

/** Made by both modes, iptables and ipvs. */
const sharedChains = [
  'KUBE-SERVICES',
  'KUBE-POSTROUTING',
  'KUBE-MARK-MASQ',
  'KUBE-FORWARD',
  'KUBE-PROXY-FIREWALL',
  'KUBE-FIREWALL',
  'KUBE-PROXY-CANARY',
];

const ownChains: Readonly<Record<IptablesMode, RegExp>> = {
  iptables: /^KUBE-(?:EXTERNAL-SERVICES$|NODEPORTS$|(?:SVC|SVL|EXT|XLB|FW|SEP)-)/,
  ipvs: /^KUBE-(?:NODE-PORT|LOAD-BALANCER|SOURCE-RANGES-FIREWALL|IPVS-FILTER|IPVS-OUT-FILTER)$/,
  userspace: /^KUBE-(?:PORTALS-(?:CONTAINER|HOST)|NODEPORT-(?:CONTAINER|HOST|NON-LOCAL))$/,
};

/** Whether kube-proxy makes an iptables chain in a mode, alone or like others. */
export function isChainOfMode(chain: string, mode: string): boolean {
  const isOwn = Object.entries(ownChains).find(([name]) => name === mode)?.[1];
  if (!isOwn) return false;
  return isOwn.test(chain) || (mode !== 'userspace' && sharedChains.includes(chain));
}

/** The modes of which a node has something that no other mode makes. */
export function presentModes(own: NodeRules): string[] {
  const chains = own
    .filter(({ kind }) => kind === 'iptables')
    .flatMap((section) => section.chains.map(({ name }) => name));
  const ofIptables = Object.entries(ownChains)
    .filter(([, isOwn]) => chains.some((name) => isOwn.test(name)))
    .map(([mode]) => mode);
  const hasTables = own.some(({ kind }) => kind === 'nftables');
  return [...ofIptables, ...(hasTables ? ['nftables'] : [])];
}
