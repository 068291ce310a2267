import type { NodeStatus } from '@kube-rules/apply-linux';
import { expect, test } from 'vitest';
import { printStatus } from '../../src/output/print-status.ts';

const status: NodeStatus = {
  mode: 'iptables',
  backend: 'legacy',
  tools: { iptables: 'iptables v1.8.9 (legacy)' },
  counts: { 'rules IPv4': 1234, 'rules IPv6': 0 },
  kubeProxy: undefined,
};
const last = { time: '2026-11-20T12:00:00.000Z', milliseconds: 38 };

test('what is there, in which back end, and that nothing was applied', () => {
  expect(printStatus('node-a', status, undefined)).toBe(`node-a  iptables mode, legacy back end
1,234 rules IPv4
kube-proxy: not running
applied by kube-rules: never
iptables   iptables v1.8.9 (legacy)
`);
});

test('kube-proxy by what shows it; nftables mode has no back end', () => {
  const text = printStatus(
    'node-a',
    { ...status, mode: 'nftables', kubeProxy: 'process 7' },
    undefined,
  );
  expect(text).toContain('node-a  nftables mode\n');
  expect(text).toContain('kube-proxy: process 7\n');
});

test('what was applied last, and what changed since', () => {
  const fast = { ...last, mode: 'nftables', layout: 'fast' } as const;
  expect(printStatus('node-a', { ...status, changedSince: [] }, fast)).toContain(
    'applied by kube-rules: 2026-11-20T12:00:00.000Z, fast layout of nftables mode, 38 ms; nothing changed since\n',
  );
  const changedSince = ['ipset', 'iptables IPv4 nat'];
  expect(
    printStatus('node-a', { ...status, changedSince }, { ...last, mode: undefined }),
  ).toContain('12:00:00.000Z, cleanup, 38 ms; since changed: ipset, iptables IPv4 nat\n');
});
