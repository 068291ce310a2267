import type { Ruleset } from './compile.ts';
import type { IptablesFamily } from './proxier/iptables/ruleset.ts';
import { printJumps, printRestore, printSave, printScript } from './ruleset/iptables/index.ts';

/**
 * How iptables rules are written: `restore` is what kube-proxy hands to `iptables-restore
 * --noflush --counters`, with the jumps apart; `save` one self-contained document for an empty
 * network namespace; `script` a POSIX shell script that may be run again and again.
 */
export type Form = 'restore' | 'save' | 'script';

export const forms: readonly Form[] = ['restore', 'save', 'script'];

export interface RenderOptions {
  readonly form?: Form;
}

/** The documents of a ruleset, by file name: `ipv4.iptables`, `ipv4.jumps`, `ipv4.sysctl` and the same for `ipv6`. */
export function renderFiles(
  ruleset: Ruleset,
  { form = 'restore' }: RenderOptions = {},
): Record<string, string> {
  return {
    ...renderFamily(ruleset.ipv4, 'ipv4', form),
    ...renderFamily(ruleset.ipv6, 'ipv6', form),
  };
}

function renderFamily(rules: IptablesFamily, prefix: string, form: Form): Record<string, string> {
  return {
    [`${prefix}.iptables`]: printForm[form](rules),
    ...(form === 'restore' && { [`${prefix}.jumps`]: printJumps(rules.jumps) }),
    [`${prefix}.sysctl`]: rules.sysctls.map(({ name, value }) => `${name} = ${value}\n`).join(''),
  };
}

const printForm: Readonly<Record<Form, (rules: IptablesFamily) => string>> = {
  restore: ({ document }) => printRestore(document),
  save: ({ document, jumps }) => printSave(document, jumps),
  script: ({ document, jumps, family }) => printScript(document, jumps, family),
};
