import type { NodeState } from './node-state.ts';
import type { Snapshot } from './snapshot.ts';

const nodeProblems: ReadonlySet<string> = new Set(['NODE_AMBIGUOUS', 'NODE_UNKNOWN']);

/** The same cluster as another of its nodes sees it, by the name of that Node. */
export function snapshotForNode(snapshot: Snapshot, nodeName: string): Snapshot {
  if (nodeName === snapshot.nodeName) return snapshot;
  return {
    ...snapshot,
    nodeName,
    nodeState: stateOf(nodeName, snapshot.nodeStates),
    unusable: snapshot.unusable.filter(({ code }) => !nodeProblems.has(code)),
  };
}

/** A state without a name is that of the node whose rules are wanted, and of no other. */
function stateOf(nodeName: string, states: readonly NodeState[]): NodeState {
  return states.findLast((state) => state.nodeName?.trim().toLowerCase() === nodeName) ?? {};
}
