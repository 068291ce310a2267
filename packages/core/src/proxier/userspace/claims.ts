import { joinHostPort } from '../../netaddr/host-port.ts';
import type { Family } from '../../netaddr/family.ts';
import type { ServicePort } from '../../service/service-port.ts';
import { compareText } from '../../util/compare-text.ts';

/** The address that stands for all of a family. */
export const wildcards: Readonly<Record<Family, string>> = { IPv4: '0.0.0.0', IPv6: '::' };

/** An address and port of the node that one service port has for itself. */
export interface Claim {
  /** The wildcard for a node port, else an external IP that is the node's own. */
  readonly address: string;
  readonly port: number;
}

/** What a service port claims on a node with these addresses, its node port first. */
export function claimsOf(
  { nodePort, externalIPs, port, family }: ServicePort,
  nodeAddresses: ReadonlySet<string>,
): Claim[] {
  const ofNodePort = nodePort === 0 ? [] : [{ address: wildcards[family], port: nodePort }];
  const ofNode = [...new Set(externalIPs)].filter((address) => nodeAddresses.has(address));
  return [...ofNodePort, ...ofNode.map((address) => ({ address, port }))];
}

/** Claims as listeners have them. A socket for all addresses holds its port at each. */
export function printClaims(claims: readonly Claim[], family: Family): string[] {
  const whole = new Set(
    claims.filter(({ address }) => address === wildcards[family]).map(({ port }) => port),
  );
  return claims
    .filter(({ address, port }) => address === wildcards[family] || !whole.has(port))
    .map(({ address, port }) => joinHostPort(address, port))
    .sort(compareText);
}
