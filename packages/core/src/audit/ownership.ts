import type { Item, RuleChain, Section } from '../diff/node-rules.ts';

/** Chains that kube-proxy makes once, in any mode and release since 1.20. */
const fixedChains = new Set([
  'KUBE-SERVICES',
  'KUBE-EXTERNAL-SERVICES',
  'KUBE-NODEPORTS',
  'KUBE-POSTROUTING',
  'KUBE-MARK-MASQ',
  'KUBE-FORWARD',
  'KUBE-PROXY-FIREWALL',
  'KUBE-FIREWALL',
  'KUBE-PROXY-CANARY',
  'KUBE-NODE-PORT',
  'KUBE-LOAD-BALANCER',
  'KUBE-SOURCE-RANGES-FIREWALL',
  'KUBE-IPVS-FILTER',
  'KUBE-IPVS-OUT-FILTER',
  'KUBE-PORTALS-CONTAINER',
  'KUBE-PORTALS-HOST',
  'KUBE-NODEPORT-CONTAINER',
  'KUBE-NODEPORT-HOST',
  'KUBE-NODEPORT-NON-LOCAL',
]);

/** Jumps to these stand at the end of chains that others use too. */
const lastChains: ReadonlySet<string> = new Set(['KUBE-NODEPORT-CONTAINER', 'KUBE-NODEPORT-HOST']);

/** Whether a jump of kube-proxy's must come behind those of others. */
export function isLastJump(text: string): boolean {
  return chainsNamed(text).some((name) => lastChains.has(name));
}

/** Made by kube-proxy for a Service or an endpoint; KUBE-XLB was KUBE-EXT before 1.24. */
const hashedChain = /^KUBE-(?:SVC|SVL|EXT|XLB|FW|SEP)-[A-Z2-7]{16}$/;

/** Whether an iptables chain is kube-proxy's. Those of kubelet and kube-router begin with KUBE- as well, and are not. */
export function isOwnChain(name: string): boolean {
  return fixedChains.has(name) || hashedChain.test(name);
}

/** It tells kube-proxy that somebody flushed the tables, and holds no rule. */
export function isCanary(name: string): boolean {
  return name === 'KUBE-PROXY-CANARY';
}

/** Where a rule goes on, by the text of its normal form in iptables or nft. */
export function chainsNamed(text: string): string[] {
  if (text.startsWith('-A ')) {
    const place = Math.max(text.lastIndexOf(' -j '), text.lastIndexOf(' -g '));
    if (place === -1) return [];
    const target = text.slice(place + 4);
    if (!target.includes('"')) return [firstWord(target)];
  }
  const bare = text.includes('"') ? text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""') : text;
  return [...bare.matchAll(/(?: -[jg]|\b(?:goto|jump)) ([^\s,}]+)/g)].map(([, name = '']) => name);
}

function firstWord(text: string): string {
  const end = text.indexOf(' ');
  return end === -1 ? text : text.slice(0, end);
}

const builtInChain = /^(?:PREROUTING|INPUT|FORWARD|OUTPUT|POSTROUTING)$/;

/**
 * Whether a rule is one of kube-proxy's in a chain that the kernel has. Rules of others lead to
 * KUBE-MARK-MASQ as well, those of CNI's port mappings for one, and from chains of their own.
 */
function isOwnJump(chain: string, { text }: Item): boolean {
  return (
    builtInChain.test(chain) &&
    chainsNamed(text).some((name) => fixedChains.has(name) && name !== 'KUBE-MARK-MASQ')
  );
}

/** A node's rules, parted. */
export interface Parted {
  readonly own: readonly Section[];
  /** How many rules and entries are somebody else's. */
  readonly foreign: number;
}

/** Parts what kube-proxy makes from everything else on a node. */
export function partRules(sections: readonly Section[], ownServers: ReadonlySet<string>): Parted {
  let foreign = 0;
  const own = sections.map((section): Section => {
    const chains = section.chains.flatMap((chain): RuleChain[] => {
      const rules = chain.rules.filter((rule) => isOwn(section, chain, rule));
      foreign += chain.rules.length - rules.length;
      const belongs = rules.length > 0 || isOwnContainer(section, chain.name);
      return belongs ? [{ ...chain, rules }] : [];
    });
    const groups = section.groups.filter(({ name, entries }) => {
      const belongs =
        section.kind === 'ipvs' ? ownServers.has(name) : isOwnContainer(section, name);
      if (!belongs) foreign += entries.length + (section.kind === 'ipvs' ? 1 : 0);
      return belongs;
    });
    return { ...section, chains, groups };
  });
  return { own: own.filter(({ chains, groups }) => chains.length + groups.length > 0), foreign };
}

function isOwn(section: Section, { name }: RuleChain, rule: Item): boolean {
  return isOwnContainer(section, name) || (section.kind === 'iptables' && isOwnJump(name, rule));
}

function isOwnContainer({ kind, name: section }: Section, name: string): boolean {
  switch (kind) {
    case 'iptables':
      return isOwnChain(name);
    case 'ipset':
      return ownSet.test(name);
    case 'nftables':
      return /^nftables ip6? kube-proxy$/.test(section);
    case 'ipvs':
    case 'addresses':
    case 'listeners':
      return true;
  }
}

/** The sets of ipvs mode, in IPv6 with a 6, and cut to 31 letters; and those that stand in for one while it changes. */
const ownSet =
  /^(?:KUBE|kube-rules)-(?:6-)?(?:LOOP-BACK|CLUSTER-IP|EXTERNAL-IP|LOAD-BALANCER|NODE-PORT|HEALTH-CHECK-NODE-PORT|IPVS-IPS)/;
