import type { Listener } from '@kube-rules/core';

/**
 * What the proxy listens on while the rules change: all that it listened on, for packets that the former rules send
 * there, and what is new, before rules lead to it. What wants a port of one that goes has to wait until that is gone:
 * nobody may get the connections of another.
 */
export function overlapListeners(
  before: readonly Listener[],
  after: readonly Listener[],
): readonly Listener[] {
  const next = new Map(after.map((listener) => [keyOf(listener), listener]));
  const taken = new Set(before.flatMap(portsOf));
  const known = new Set(before.map(keyOf));
  const freeClaims = ({ protocol, claims = [] }: Listener): string[] =>
    claims.filter((claim) => !taken.has(portAt(protocol, claim)));
  const staying = before.map((former) => {
    const listener = next.get(keyOf(former));
    if (listener === undefined) return former;
    return withClaims(listener, [...(former.claims ?? []), ...freeClaims(listener)]);
  });
  const coming = after
    .filter((listener) => !known.has(keyOf(listener)) && !taken.has(ownPort(listener)))
    .map((listener) => withClaims(listener, freeClaims(listener)));
  return [...staying, ...coming];
}

function withClaims(listener: Listener, claims: readonly string[]): Listener {
  const { claims: former = [] } = listener;
  return former.length + claims.length === 0 ? listener : { ...listener, claims };
}

function keyOf(listener: Listener): string {
  return `${listener.servicePort} ${listener.address} ${ownPort(listener)}`;
}

/** Of all addresses: a socket for one of them is in the way of one for all. */
function portsOf(listener: Listener): string[] {
  const { protocol, claims = [] } = listener;
  return [ownPort(listener), ...claims.map((claim) => portAt(protocol, claim))];
}

function ownPort({ protocol, address, port }: Listener): string {
  return `${protocol} ${address.includes(':') ? 6 : 4} ${port}`;
}

/** `0.0.0.0:30080`, `[::]:30080` */
function portAt(protocol: Listener['protocol'], claim: string): string {
  return `${protocol} ${claim.startsWith('[') ? 6 : 4} ${claim.slice(claim.lastIndexOf(':') + 1)}`;
}
