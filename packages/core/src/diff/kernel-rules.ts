import type { NodeRules } from './node-rules.ts';

/** What a kernel holds: listeners are a process's, which no tool lists. */
export function kernelRules(rules: NodeRules): NodeRules {
  return rules.filter(({ kind }) => kind !== 'listeners');
}
