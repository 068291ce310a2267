import type { Graph } from './graph.ts';

/** Names for the nodes that no language for pictures can mistake: `n1`, `n2`, … in their order. */
export function shortNames({ nodes }: Graph): (id: string) => string {
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index + 1}`]));
  return (id) => names.get(id) ?? 'n0';
}
