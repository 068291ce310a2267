import type { Family } from '../../../netaddr/family.ts';
import type { Expression, Statement, Verdict } from '../../../ruleset/nftables/index.ts';
import type { LocalTrafficDetector } from '../../../service/local-traffic-detector.ts';

/** The words of a family in nft. */
export const familyWords = {
  IPv4: { protocol: 'ip', address: 'ipv4_addr', loopback: '127.0.0.0/8' },
  IPv6: { protocol: 'ip6', address: 'ipv6_addr', loopback: '::1' },
} as const;

export function sourceAddress(family: Family): Expression {
  return { kind: 'payload', protocol: familyWords[family].protocol, field: 'saddr' };
}

export function destinationAddress(family: Family): Expression {
  return { kind: 'payload', protocol: familyWords[family].protocol, field: 'daddr' };
}

const transport: Expression = { kind: 'meta', key: 'l4proto' };
const destinationPort: Expression = { kind: 'payload', protocol: 'th', field: 'dport' };

/** `meta l4proto . th dport` */
export const portKey: Expression = { kind: 'concatenation', parts: [transport, destinationPort] };

/** `ip daddr . meta l4proto . th dport` */
export function addressKey(family: Family): Expression {
  return { kind: 'concatenation', parts: [destinationAddress(family), transport, destinationPort] };
}

/** `ip daddr . meta l4proto . th dport . ip saddr` */
export function addressSourceKey(family: Family): Expression {
  const parts = [destinationAddress(family), transport, destinationPort, sourceAddress(family)];
  return { kind: 'concatenation', parts };
}

/** `ip saddr . ip daddr . meta l4proto . th dport` */
export function connectionKey(family: Family): Expression {
  const parts = [sourceAddress(family), destinationAddress(family), transport, destinationPort];
  return { kind: 'concatenation', parts };
}

export function verdict(of: Verdict): Statement {
  return { kind: 'verdict', verdict: of };
}

/** `meta l4proto tcp` */
export function protocolMatch(protocol: string): Statement {
  return { kind: 'match', left: transport, right: { kind: 'value', text: protocol } };
}

/** `fib saddr type local`: traffic of the node itself. */
export const fromNode: Statement = {
  kind: 'match',
  left: { kind: 'fib', field: 'saddr' },
  right: { kind: 'value', text: 'local' },
};

/** Traffic from this node's pods, or with `inverted` from anywhere else. */
export function localTraffic(
  detector: LocalTrafficDetector,
  family: Family,
  inverted?: true,
): Statement {
  const not = inverted && { inverted };
  const byInterface = (text: string): Statement => ({
    kind: 'match',
    left: { kind: 'meta', key: 'iifname' },
    ...not,
    right: { kind: 'value', text },
  });
  switch (detector.kind) {
    case 'cidr':
      return {
        kind: 'match',
        left: sourceAddress(family),
        ...not,
        right: { kind: 'value', text: detector.cidr },
      };
    case 'bridgeInterface':
      return byInterface(detector.name);
    case 'interfaceNamePrefix':
      return byInterface(`${detector.prefix}*`);
  }
}
