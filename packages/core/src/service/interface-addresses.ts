import { parseCIDR } from '../netaddr/cidr.ts';
import { familyOfIP, parseIP, type IPBytes } from '../netaddr/ip.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { nodeOf } from './node-of.ts';

/** The addresses of the node's interfaces but `except`: those of the NodeState, else loopback and the Node's own. */
export function interfaceAddresses(snapshot: Snapshot, except?: string): IPBytes[] {
  const interfaces = snapshot.nodeState.interfaces?.filter(({ name }) => name !== except);
  const texts = interfaces?.flatMap(({ addresses }) => addresses) ?? defaultAddresses(snapshot);
  return texts.map((text) => parseCIDR(text)?.address).filter((address) => address !== undefined);
}

function defaultAddresses(snapshot: Snapshot): string[] {
  const node = nodeOf(snapshot);
  const own = (node?.status?.addresses ?? [])
    .map(({ address }) => address)
    .filter((address) => parseIP(address) !== undefined)
    .map((address) => `${address}/${familyOfIP(address) === 'IPv4' ? 32 : 128}`);
  return ['127.0.0.1/8', '::1/128', ...own];
}
