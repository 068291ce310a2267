import { containsIP, parseCIDR } from '../netaddr/cidr.ts';
import { nodeOf } from './node-of.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** The interface of the snapshot's node that has an address among its pods': the bridge behind which they are. */
export function podBridgeOf(snapshot: Snapshot): string | undefined {
  const { podCIDR, podCIDRs = podCIDR === undefined ? [] : [podCIDR] } =
    nodeOf(snapshot)?.spec ?? {};
  const cidrs = podCIDRs.map((text) => parseCIDR(text.trim())).filter((cidr) => cidr !== undefined);
  const bridge = snapshot.nodeState.interfaces?.find(({ addresses }) =>
    addresses
      .map((text) => parseCIDR(text))
      .some((own) => own && cidrs.some((cidr) => containsIP(cidr, own.address))),
  );
  return bridge?.name;
}
