import type { NodeStatus } from '@kube-rules/apply-linux';
import { escapeLines } from './escape-lines.ts';

export function printStatus(
  nodeName: string,
  { mode, backend, tools, counts, kubeProxy, audit }: NodeStatus,
  lastApply: string | undefined,
): string {
  const whole = audit && (audit.isWhole ? 'whole' : 'NOT whole (kube-rules audit says why)');
  const what = mode === undefined ? "no rules of kube-proxy's" : `${mode} mode`;
  const how = mode !== undefined && mode !== 'nftables' ? `, ${backend} back end` : '';
  const lines = [
    [`${nodeName}  ${what}${how}`, whole].filter(Boolean).join('  '),
    Object.entries(counts)
      .filter(([, number]) => number > 0)
      .map(([name, number]) => `${number.toLocaleString('en')} ${name}`)
      .join(', ') || 'no rules at all',
    `kube-proxy: ${kubeProxy.length === 0 ? 'not running' : `process ${kubeProxy.join(', ')}`}`,
    `applied by kube-rules: ${lastApply ?? 'never'}`,
    ...Object.entries(tools).map(([tool, version]) => `${tool.padEnd(10)} ${version}`),
  ];
  return escapeLines(lines.map((line) => `${line}\n`).join(''));
}
