import { compile, parseSnapshot, renderFiles } from '@kube-rules/core';
import type { Form, Release } from '@kube-rules/core';
import type { Family } from './fixtures.ts';

const KINDS = ['addresses', 'ipset', 'iptables', 'ipvsadm', 'sysctl'] as const;

type Kind = (typeof KINDS)[number];

/** The files of ipvs mode by name; those of the jumps are of the form `restore` only. */
export type IpvsDocuments = Readonly<Record<`${Family}.${Kind}`, string>> & {
  readonly 'ipv4.jumps'?: string;
  readonly 'ipv6.jumps'?: string;
  readonly 'node.ipvs-timeouts'?: string;
};

/** What kube-rules makes of a snapshot in ipvs mode. */
export function compileIpvsDocuments(
  snapshotText: string,
  form: Form,
  release: Release = '1.36',
): IpvsDocuments {
  const { snapshot } = parseSnapshot(snapshotText);
  return asIpvsDocuments(renderFiles(compile(snapshot, 'ipvs', { release }), { form }));
}

/** The files as documents; throws if one is missing. */
export function asIpvsDocuments(files: Readonly<Record<string, string>>): IpvsDocuments {
  const names = KINDS.flatMap((kind) => [`ipv4.${kind}`, `ipv6.${kind}`]);
  const absent = names.filter((name) => files[name] === undefined);
  if (absent.length > 0) {
    throw new Error(`The files of ipvs mode lack ${absent.join(', ')}.`);
  }
  return files as IpvsDocuments;
}

/** Both families' documents of one kind. */
export function bothFamilies(documents: IpvsDocuments, kind: Kind): string {
  return `${documents[`ipv4.${kind}`]}${documents[`ipv6.${kind}`]}`;
}
