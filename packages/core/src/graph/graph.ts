/** What a node of a picture stands for; each kind has a shape of its own. */
export type GraphNodeKind = 'client' | 'service' | 'address' | 'chain' | 'endpoint' | 'refusal';

export interface GraphNode {
  /** Any text; printers give their own names. */
  readonly id: string;
  readonly kind: GraphNodeKind;
  readonly lines: readonly string[];
}

export interface GraphEdge {
  /** The ids of two nodes. */
  readonly from: string;
  readonly to: string;
  readonly label?: string;
}

/** A picture, before any language for pictures. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}
