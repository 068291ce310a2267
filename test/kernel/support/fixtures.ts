import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Backend } from './backend.ts';

const NAMED = fileURLToPath(new URL('../../../packages/fixtures/named/', import.meta.url));

export type Family = 'ipv4' | 'ipv6';

/** Clusters whose rules name accounting objects of xt_nfacct, which an iptables document cannot make. */
export const NOT_LOADABLE: readonly string[] = ['nfacct', 'nfacct-localhost-off'];

/** The names of the clusters that each show one idea. */
export function fixtureNames(): readonly string[] {
  return readdirSync(NAMED).toSorted();
}

export function readSnapshot(name: string): string {
  return readFileSync(`${NAMED}${name}/snapshot.yaml`, 'utf8');
}

/** What `iptables-save` printed after the rules of kube-proxy were loaded; undefined where none could be recorded. */
export function readRecordedSave(
  name: string,
  family: Family,
  backend: Backend,
): string | undefined {
  const file = `${NAMED}${name}/iptables/${family}.iptables-${backend}-save`;
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** What `nft list ruleset` printed after the rules of kube-proxy were loaded. */
export function readRecordedNftList(name: string, family: Family): string {
  return readFileSync(`${NAMED}${name}/nftables/${family}.nft-list`, 'utf8');
}

/** What kube-proxy wrote in ipvs mode, by file name. */
export function readRecordedIpvs(name: string): Readonly<Record<string, string>> {
  const folder = `${NAMED}${name}/ipvs/`;
  return Object.fromEntries(
    readdirSync(folder).map((file) => [file, readFileSync(`${folder}${file}`, 'utf8')]),
  );
}
