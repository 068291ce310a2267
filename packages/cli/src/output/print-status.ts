import type { NodeStatus } from '@kube-rules/apply-linux';
import type { Layout, Mode } from '@kube-rules/core';
import { escapeLines } from './escape-lines.ts';

/** What was applied last. */
export interface LastApplied {
  /** ISO 8601. */
  readonly time: string;
  readonly milliseconds: number;
  /** `undefined` if rules only went. */
  readonly mode: Mode | undefined;
  readonly layout?: Layout | undefined;
}

export function printStatus(
  nodeName: string,
  status: NodeStatus,
  last: LastApplied | undefined,
): string {
  const { mode, backend, tools, counts, kubeProxy, audit } = status;
  const whole = audit && (audit.isWhole ? 'whole' : 'NOT whole (kube-rules audit says why)');
  const what = mode === undefined ? "no rules of kube-proxy's" : `${mode} mode`;
  const how = mode === undefined || mode === 'nftables' ? '' : `, ${backend} back end`;
  const lines = [
    [`${nodeName}  ${what}${how}`, whole].filter(Boolean).join('  '),
    Object.entries(counts)
      .filter(([, number]) => number > 0)
      .map(([name, number]) => `${number.toLocaleString('en')} ${name}`)
      .join(', ') || 'no rules at all',
    `kube-proxy: ${kubeProxy ?? 'not running'}`,
    `applied by kube-rules: ${last ? describeLast(last, status) : 'never'}`,
    ...Object.entries(tools).map(([tool, version]) => `${tool.padEnd(10)} ${version}`),
  ];
  return escapeLines(lines.map((line) => `${line}\n`).join(''));
}

function describeLast(
  { time, milliseconds, mode, layout }: LastApplied,
  { changedSince = [] }: NodeStatus,
): string {
  const what =
    mode === undefined ? 'cleanup' : `${layout ? `${layout} layout of ` : ''}${mode} mode`;
  const since =
    changedSince.length === 0
      ? 'nothing changed since'
      : `since changed: ${changedSince.join(', ')}`;
  return `${time}, ${what}, ${milliseconds} ms; ${since}`;
}
