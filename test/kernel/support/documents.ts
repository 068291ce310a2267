import { compile, parseSnapshot, renderFiles } from '@kube-rules/core';

/** The files of iptables mode by name; `.jumps` is of the form `restore` only. */
export type Documents = Readonly<Record<(typeof FILES)[number], string>> &
  Readonly<Record<string, string>>;

export type Form = 'restore' | 'save' | 'script';

const FILES = ['ipv4.iptables', 'ipv4.sysctl', 'ipv6.iptables', 'ipv6.sysctl'] as const;

/** What kube-rules makes of a snapshot in iptables mode. */
export function compileDocuments(snapshotText: string, form: Form): Documents {
  const { snapshot } = parseSnapshot(snapshotText);
  const files = renderFiles(compile(snapshot, 'iptables'), { form });
  return files as Documents;
}
