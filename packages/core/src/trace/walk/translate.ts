import type { Branch } from './branch.ts';
import { addressToward, type Network } from './environment.ts';
import { translateSource, type Endpoint } from './packet.ts';
import { changeAt } from './walk.ts';

/** Gives a packet the node's address toward its destination as its source. */
export function masquerade(branch: Branch, network: Network): Branch {
  return changeSource(branch, addressToward(network, branch.packet.destination));
}

export function changeSource(branch: Branch, source: Endpoint | undefined): Branch {
  const packet = translateSource(branch.packet, source);
  return changeAt(branch, packet, { source: source?.text ?? null });
}
