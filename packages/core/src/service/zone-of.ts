import type { Node } from '../snapshot/node.ts';

const zoneLabel = 'topology.kubernetes.io/zone';

/** The zone of a Node, for topology hints; empty if it is in none. */
export function zoneOf(node: Node | undefined): string {
  return node?.metadata.labels?.[zoneLabel] ?? '';
}
