import type { Form } from '@kube-rules/core';
import type { Backend } from './backend.ts';
import type { Documents } from './documents.ts';
import type { Family } from './fixtures.ts';
import { jumpsAsCommands } from './jumps.ts';
import { hereDocument } from './namespace.ts';

/** The mark in the script's output between the two families' rules. */
export const END_OF_IPV4 = '# end of IPv4\n';

const PROGRAMS: Readonly<Record<Family, string>> = { ipv4: 'iptables', ipv6: 'ip6tables' };

/** The rules of both families, in iptables or userspace mode. */
export type LoadableDocuments = Pick<
  Documents,
  'ipv4.iptables' | 'ipv6.iptables' | 'ipv4.jumps' | 'ipv6.jumps'
>;

/** Loads documents of the given form, both families, and prints what `iptables-save -c` has then. */
export function loadScript(documents: LoadableDocuments, form: Form, backend: Backend): string {
  return [
    loadDocumentsScript(documents, form, backend),
    `iptables-${backend}-save -c\n`,
    `printf '${END_OF_IPV4.replace('\n', '\\n')}'\n`,
    `ip6tables-${backend}-save -c\n`,
  ].join('');
}

/** Loads documents of the given form, both families. */
export function loadDocumentsScript(
  documents: LoadableDocuments,
  form: Form,
  backend: Backend,
): string {
  const load = loadFamily[form];
  return `${load(documents, 'ipv4', backend)}${load(documents, 'ipv6', backend)}`;
}

const loadFamily: Readonly<
  Record<Form, (documents: LoadableDocuments, family: Family, backend: Backend) => string>
> = {
  restore: (documents, family, backend) =>
    [
      jumpsAsCommands(documents[`${family}.jumps`] ?? '', `${PROGRAMS[family]}-${backend}`),
      `${PROGRAMS[family]}-${backend}-restore --noflush --counters ${hereDocument(documents[`${family}.iptables`])}`,
    ].join(''),
  save: (documents, family, backend) =>
    `${PROGRAMS[family]}-${backend}-restore ${hereDocument(documents[`${family}.iptables`])}`,
  script: (documents, family, backend) =>
    [
      `cat >/run/${family}.sh ${hereDocument(documents[`${family}.iptables`])}`,
      `export ${PROGRAMS[family].toUpperCase()}=${PROGRAMS[family]}-${backend}\n`,
      `sh /run/${family}.sh >&2\n`.repeat(2),
    ].join(''),
};
