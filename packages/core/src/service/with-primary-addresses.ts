import type { Snapshot } from '../snapshot/snapshot.ts';

/** In this mode, unset `nodePortAddresses` mean the node's own addresses, not all. */
export function withPrimaryAddresses(snapshot: Snapshot): Snapshot {
  const { config } = snapshot;
  if (config.nodePortAddresses.length > 0) return snapshot;
  return { ...snapshot, config: { ...config, nodePortAddresses: ['primary'] } };
}
