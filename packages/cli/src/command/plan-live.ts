import { readNodeFacts, thisMachine, type Live } from '@kube-rules/apply-linux';
import {
  completeNodeState,
  planRulesOfNode,
  type Mode,
  type PlannedRules,
  type ProxyPorts,
  type Snapshot,
} from '@kube-rules/core';
import { cpus } from 'node:os';
import type { WantedOptions } from './node-options.ts';

interface LiveOptions extends WantedOptions {
  readonly mode: Mode;
  /** Of userspace mode: those that stay whatever the node's rules say. */
  readonly proxyPorts?: ProxyPorts;
}

/** Plans the way of this node from what was read of it to a snapshot, to which the node adds what only it knows. */
export async function planLive(
  live: Live,
  snapshot: Snapshot,
  { mode, layout, release, proxyPorts }: LiveOptions,
): Promise<PlannedRules> {
  const nodeState = await readNodeFacts(thisMachine, live);
  const { files, sysctls, fixedSysctls, backend } = live;
  const { plan, ...planned } = planRulesOfNode(completeNodeState(snapshot, nodeState), mode, {
    files,
    sysctls,
    fixedSysctls,
    cpus: cpus().length,
    time: Date.now() / 1000,
    ...(layout && { layout }),
    ...(release && { release }),
    ...(proxyPorts && { proxyPorts }),
  });
  return { plan: { ...plan, backend }, ...planned };
}
