import { createSnapshot, type Diagnostic } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { plainPalette } from '../../src/output/palette.ts';
import { printLint } from '../../src/output/print-lint.ts';

const snapshot = createSnapshot({ nodes: [{ metadata: { name: 'node-a' } }] }).snapshot;
const warning: Diagnostic = {
  code: 'MASQUERADE_ALL',
  severity: 'warning',
  message: 'It is on.',
  objects: [{ kind: 'KubeProxyConfiguration', path: 'iptables.masqueradeAll' }],
};

test('the answer, and each diagnostic after an empty line', () => {
  const diagnostics = [warning, warning];
  expect(printLint({ snapshot, mode: 'iptables', diagnostics, texts: {} }, plainPalette)).toBe(
    `2 warnings: 0 services, node-a, iptables mode

warning MASQUERADE_ALL: It is on.
  KubeProxyConfiguration, iptables.masqueradeAll

warning MASQUERADE_ALL: It is on.
  KubeProxyConfiguration, iptables.masqueradeAll

what they mean, why they matter, how to fix them: docs/diagnostics/CODE.md
`,
  );
});

test('nothing found, for all nodes', () => {
  const all = { ...snapshot, nodeName: '' };
  expect(printLint({ snapshot: all, mode: 'ipvs', diagnostics: [], texts: {} }, plainPalette)).toBe(
    'nothing found: 0 services, 1 node, ipvs mode\n',
  );
});
