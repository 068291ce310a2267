import type { NodeRules } from '../diff/node-rules.ts';
import { tableOf } from '../diff/table-of.ts';

type IptablesMode = 'iptables' | 'ipvs' | 'userspace';

/** Made by both, iptables and ipvs mode, by table and name. */
const sharedChains =
  /^(?:nat KUBE-(?:SERVICES|POSTROUTING|MARK-MASQ)|filter KUBE-(?:FORWARD|PROXY-FIREWALL|FIREWALL)|\w+ KUBE-PROXY-CANARY)$/;

const ownChains: Readonly<Record<IptablesMode, RegExp>> = {
  iptables:
    /^(?:filter KUBE-SERVICES$|\w+ KUBE-(?:EXTERNAL-SERVICES$|NODEPORTS$|(?:SVC|SVL|EXT|XLB|FW|SEP)-))/,
  ipvs: /^\w+ KUBE-(?:NODE-PORT|LOAD-BALANCER|SOURCE-RANGES-FIREWALL|IPVS-FILTER|IPVS-OUT-FILTER)$/,
  userspace: /^\w+ KUBE-(?:PORTALS-(?:CONTAINER|HOST)|NODEPORT-(?:CONTAINER|HOST|NON-LOCAL))$/,
};

/**
 * Whether kube-proxy makes an iptables chain in a mode, alone or like others.
 *
 * @param chain Its table and its name: `filter KUBE-SERVICES` is of iptables mode alone.
 */
export function isChainOfMode(chain: string, mode: string): boolean {
  const isOwn = Object.entries(ownChains).find(([name]) => name === mode)?.[1];
  if (!isOwn) return false;
  return isOwn.test(chain) || (mode !== 'userspace' && sharedChains.test(chain));
}

/** The modes of which a node has something that no other mode makes. */
export function presentModes(own: NodeRules): string[] {
  const chains = own
    .filter(({ kind }) => kind === 'iptables')
    .flatMap((section) => section.chains.map(({ name }) => `${tableOf(section)} ${name}`));
  const ofIptables = Object.entries(ownChains)
    .filter(([, isOwn]) => chains.some((name) => isOwn.test(name)))
    .map(([mode]) => mode);
  const hasTables = own.some(({ kind }) => kind === 'nftables');
  return [...ofIptables, ...(hasTables ? ['nftables'] : [])];
}
