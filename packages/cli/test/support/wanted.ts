import { parseSnapshot, planNode, type Diagnostic } from '@kube-rules/core';
import type { Wanted } from '../../src/command/load-wanted.ts';
import type { Followed } from '../../src/proxy/create-node-proxy.ts';
import { clusterText, web, type Cluster } from './cluster.ts';

/** A cluster as `kube-rules proxy` reads it. */
export function wantedOf(cluster: Cluster = web, diagnostics: readonly Diagnostic[] = []): Wanted {
  const text = clusterText(cluster);
  const { snapshot, locate } = parseSnapshot(text, { nodeName: 'node-a' });
  const texts = { 'a.json': text };
  return { mode: 'userspace', loaded: { snapshot, locate, diagnostics, texts } };
}

/** What became of it on a node that had nothing. */
export function followedOf({ loaded }: Wanted, diagnostics: readonly Diagnostic[] = []): Followed {
  const plan = planNode(loaded.snapshot, 'userspace', { files: {} });
  return { plan, diagnostics, listeners: [] };
}

/** Nothing had to be done. */
export function idleOf(wanted: Wanted): Followed {
  const followed = followedOf(wanted);
  return { ...followed, plan: { ...followed.plan, operations: [] } };
}
