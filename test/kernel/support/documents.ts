import { compile, parseSnapshot, renderFiles } from '@kube-rules/core';
import type { Form } from '@kube-rules/core';

const FILES = ['ipv4.iptables', 'ipv4.sysctl', 'ipv6.iptables', 'ipv6.sysctl'] as const;

/** The files of iptables mode by name; those of the jumps are of the form `restore` only. */
export type Documents = Readonly<Record<(typeof FILES)[number], string>> & {
  readonly 'ipv4.jumps'?: string;
  readonly 'ipv6.jumps'?: string;
};

/** What kube-rules makes of a snapshot in iptables mode. */
export function compileDocuments(snapshotText: string, form: Form): Documents {
  const { snapshot } = parseSnapshot(snapshotText);
  return requireFiles(renderFiles(compile(snapshot, 'iptables'), { form }), FILES);
}

/** The files, of which none of the names may be absent. */
export function requireFiles<Name extends string>(
  files: Readonly<Record<string, string>>,
  names: readonly Name[],
): Readonly<Record<Name, string>> {
  const absent = names.filter((name) => files[name] === undefined);
  if (absent.length > 0) {
    throw new Error(`The files lack ${absent.join(', ')}.`);
  }
  return files;
}
