import type { NodeState } from './node-state.ts';
import type { Snapshot } from './snapshot.ts';

/** A snapshot with what was read of its node itself; a NodeState of its own wins over that, field by field. */
export function completeNodeState(snapshot: Snapshot, read: NodeState): Snapshot {
  const { nodeState } = snapshot;
  return {
    ...snapshot,
    nodeState: {
      ...read,
      ...nodeState,
      ...(read.sysctls && { sysctls: { ...read.sysctls, ...nodeState.sysctls } }),
      ...(read.iptables && { iptables: { ...read.iptables, ...nodeState.iptables } }),
    },
  };
}
