import { compareText } from '../util/compare-text.ts';
import type { Graph } from './graph.ts';

/** Services by their names, then what they lead to, step by step; edges by where they begin. */
export function sortGraph({ nodes, edges }: Graph): Graph {
  const nodeOf = new Map(nodes.map((node) => [node.id, node]));
  const targets = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { from, to } of edges) targets.get(from)?.push(to);
  const services = nodes
    .filter(({ kind }) => kind === 'service')
    .sort((a, b) => compareText(a.lines.join(' '), b.lines.join(' ')));
  const places = new Map<string, number>();
  // A map is walked while it grows.
  for (const { id } of services) places.set(id, places.size);
  for (const id of places.keys())
    for (const target of targets.get(id) ?? [])
      if (!places.has(target)) places.set(target, places.size);
  for (const { id } of nodes) if (!places.has(id)) places.set(id, places.size);
  const place = (id: string): number => places.get(id) ?? 0;
  return {
    nodes: [...places.keys()].flatMap((id) => nodeOf.get(id) ?? []),
    edges: [...edges].sort((a, b) => place(a.from) - place(b.from) || place(a.to) - place(b.to)),
  };
}
