import type { TraceRules } from '../walk/traceable.ts';
import { sourceOf } from '../walk/traceable.ts';
import type { StepSource } from '../walk/step.ts';

type VirtualServer = NonNullable<TraceRules['virtualServers']>[number]['rules'][number];
export type RealServer = VirtualServer['realServers'][number];

/** A virtual server with where it stands. */
export interface IndexedServer {
  readonly server: VirtualServer;
  readonly source: StepSource;
  readonly file: string | undefined;
}

/** By service: `tcp 10.96.0.1:443`, `fwm 1`. */
export type ServerIndex = ReadonlyMap<string, IndexedServer>;

export function indexServers({ virtualServers = [] }: TraceRules): ServerIndex {
  const index = new Map<string, IndexedServer>();
  for (const { rules, file } of virtualServers)
    for (const server of rules)
      index.set(server.service, { server, source: sourceOf(server, file), file });
  return index;
}
