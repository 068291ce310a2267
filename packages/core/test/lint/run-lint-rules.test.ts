import { expect, test } from 'vitest';
import { createLintContext } from '../../src/lint/lint-context.ts';
import type { LintRule } from '../../src/lint/lint-rule.ts';
import { runLintRules } from '../../src/lint/run-lint-rules.ts';
import { nodeInput, snapshotOf } from '../support/cluster.ts';

const nodes = [nodeInput(), nodeInput({ metadata: { name: 'node-b' } })];

const everywhere: LintRule = {
  code: 'MASQUERADE_ALL',
  *check({ nodes }) {
    yield { message: `${nodes.length} nodes`, objects: [] };
  },
  *checkNode({ nodeName }) {
    yield { message: nodeName, objects: [{ kind: 'Node', name: nodeName, path: '' }] };
  },
};
const inIpvs: LintRule = {
  code: 'STRICT_ARP',
  modes: ['ipvs'],
  *check() {
    yield { message: 'ipvs', objects: [] };
  },
};

function messages(nodeName: string, mode: 'iptables' | 'ipvs'): string[] {
  const snapshot = { ...snapshotOf({ nodes }), nodeName };
  const context = createLintContext(snapshot, mode, []);
  return runLintRules([inIpvs, everywhere], context).map(
    ({ code, severity, message }) => `${code} ${severity} ${message}`,
  );
}

test('for one node: once for the cluster, once for the node', () => {
  expect(messages('node-b', 'iptables')).toEqual([
    'MASQUERADE_ALL warning 1 nodes',
    'MASQUERADE_ALL warning node-b',
  ]);
});

test('for all nodes: once for the cluster, once for each node; rules of the mode in their order', () => {
  expect(messages('', 'ipvs')).toEqual([
    'STRICT_ARP warning ipvs',
    'MASQUERADE_ALL warning 2 nodes',
    'MASQUERADE_ALL warning node-a',
    'MASQUERADE_ALL warning node-b',
  ]);
});
