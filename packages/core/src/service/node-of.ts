import type { Node } from '../snapshot/node.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** The Node whose rules are wanted; `undefined` if the snapshot does not hold it. */
export function nodeOf({ nodes, nodeName }: Snapshot): Node | undefined {
  return nodes.find(({ metadata }) => metadata.name === nodeName);
}
