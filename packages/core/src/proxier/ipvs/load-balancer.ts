import type { Rule } from '../../ruleset/iptables/index.ts';
import type { ResolvedServicePort } from '../../service/resolve-family.ts';
import type { ServicePort } from '../../service/service-port.ts';
import { sourceRangesInclude } from '../../service/source-ranges.ts';
import { originOf } from '../shared/origin-of.ts';
import { chains } from './chains.ts';
import type { IpvsContext } from './context.ts';
import { addressEntry } from './entry.ts';
import type { Fragment, KeyedEntry } from './fragment.ts';
import { virtualServer } from './virtual-server.ts';

/** Load-balancer addresses: virtual servers, bound to kube-ipvs0 unless another interface has the address. */
export function loadBalancerParts(
  resolved: ResolvedServicePort,
  context: IpvsContext,
): Partial<Fragment> {
  const { servicePort } = resolved;
  const {
    loadBalancerVIPs,
    port,
    externalPolicyLocal: isLocal,
    loadBalancerSourceRanges,
  } = servicePort;
  const isRestricted = loadBalancerSourceRanges.length > 0;
  const includesNode = isRestricted && sourceRangesInclude(servicePort, context.nodeIP);
  const addresses = loadBalancerVIPs.map((ip) => ({ ip, port, reason: 'load balancer IP' }));
  return {
    entries: addresses.flatMap((address) => [
      addressEntry('KUBE-LOAD-BALANCER', servicePort, address),
      ...(isLocal ? [addressEntry('KUBE-LOAD-BALANCER-LOCAL', servicePort, address)] : []),
      ...(isRestricted ? sourceEntries(servicePort, address.ip, includesNode) : []),
    ]),
    virtualServers: addresses.map((address) =>
      virtualServer(resolved, context, { ...address, isLocal }),
    ),
    addresses: loadBalancerVIPs.filter((ip) => !context.interfaceIPs.has(ip)),
    filterRules:
      isRestricted && !includesNode ? loadBalancerVIPs.map((ip) => dropRule(servicePort, ip)) : [],
  };
}

const reason = 'load balancer source ranges';

function sourceEntries(servicePort: ServicePort, ip: string, includesNode: boolean): KeyedEntry[] {
  const { protocol, port, loadBalancerSourceRanges } = servicePort;
  const origin = originOf(servicePort, reason);
  const ranges = loadBalancerSourceRanges.flatMap(halves).map((net): KeyedEntry => {
    const entry = { kind: 'hash:ip,port,net', ip, protocol, port, net } as const;
    return { set: 'KUBE-LOAD-BALANCER-SOURCE-CIDR', entry, origin };
  });
  // The node's own traffic to a VIP bears the VIP as its source: it is an address of kube-ipvs0.
  const own: KeyedEntry = {
    set: 'KUBE-LOAD-BALANCER-SOURCE-IP',
    entry: { kind: 'hash:ip,port,ip', ip, protocol, port, secondIP: ip },
    origin,
  };
  const restricted = addressEntry('KUBE-LOAD-BALANCER-FW', servicePort, { ip, port, reason });
  return [restricted, ...ranges, ...(includesNode ? [own] : [])];
}

/** The kernel takes no prefix of length 0 in hash:ip,port,net; its two halves say the same. */
function halves(range: string): string[] {
  const whole: Readonly<Record<string, string[]>> = {
    '0.0.0.0/0': ['0.0.0.0/1', '128.0.0.0/1'],
    '::/0': ['::/1', '8000::/1'],
  };
  return whole[range] ?? [range];
}

/** Where no range lets the node itself in, its traffic to the VIP is dropped on the way out. */
function dropRule(servicePort: ServicePort, vip: string): Rule {
  const { protocol, port } = servicePort;
  return {
    chain: chains.ipvsOutFilter,
    matches: [
      { kind: 'source', address: vip },
      { kind: 'ipvs', address: vip, protocol, port },
    ],
    target: { kind: 'DROP' },
    origin: originOf(servicePort, reason),
  };
}
