import type { Ruleset } from './compile.ts';
import type { IptablesFamily } from './proxier/iptables/ruleset.ts';
import type { NftablesRuleset } from './proxier/nftables/ruleset.ts';
import type { IpvsFamily, IpvsRuleset } from './proxier/ipvs/ruleset.ts';
import type { UserspaceFamily } from './proxier/userspace/ruleset.ts';
import { printIPSets } from './ruleset/ipset/index.ts';
import { printJumps, printRestore, printSave, printScript } from './ruleset/iptables/index.ts';
import { printListeners } from './ruleset/listeners/index.ts';
import { printTimeouts, printVirtualServers } from './ruleset/ipvs/index.ts';
import { printReplacement, printTable } from './ruleset/nftables/index.ts';
import { printLines } from './util/print-lines.ts';

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

type Files = Record<string, string>;

/**
 * The documents of a ruleset, by file name. Modes iptables and ipvs: `ipv4.iptables`, `ipv4.jumps` (in form
 * `restore`) and `ipv4.sysctl`; ipvs mode also `ipv4.ipset`, `ipv4.ipvsadm` and `ipv4.addresses`,
 * and `node.ipvs-timeouts` where the configuration sets some; userspace mode `ipv4.iptables`, `ipv4.jumps`
 * and `ipv4.listeners`; nftables mode only `ipv4.nft`, of which
 * form `script` replaces a table that is there. The same for `ipv6`.
 */
export function renderFiles(ruleset: Ruleset, { form = 'restore' }: RenderOptions = {}): Files {
  switch (ruleset.mode) {
    case 'iptables':
      return { ...renderIptables(ruleset.ipv4, form), ...renderIptables(ruleset.ipv6, form) };
    case 'ipvs':
      return {
        ...renderIptables(ruleset.ipv4, form),
        ...renderIpvs(ruleset.ipv4),
        ...renderIptables(ruleset.ipv6, form),
        ...renderIpvs(ruleset.ipv6),
        ...renderTimeouts(ruleset),
      };
    case 'userspace':
      return { ...renderUserspace(ruleset.ipv4, form), ...renderUserspace(ruleset.ipv6, form) };
    case 'nftables':
      return { ...renderNftables(ruleset, 'ipv4', form), ...renderNftables(ruleset, 'ipv6', form) };
  }
}

const prefixes = { IPv4: 'ipv4', IPv6: 'ipv6' } as const;

function renderIptables(rules: IptablesFamily | IpvsFamily, form: Form): Files {
  const prefix = prefixes[rules.family];
  return {
    ...renderDocument(rules, form),
    [`${prefix}.sysctl`]: printLines(rules.sysctls, ({ name, value }) => `${name} = ${value}`),
  };
}

function renderUserspace(rules: UserspaceFamily, form: Form): Files {
  return {
    ...renderDocument(rules, form),
    [`${prefixes[rules.family]}.listeners`]: printListeners(rules.listeners),
  };
}

type FamilyDocument = Pick<IptablesFamily, 'family' | 'document' | 'jumps'>;

function renderDocument(rules: FamilyDocument, form: Form): Files {
  const prefix = prefixes[rules.family];
  return {
    [`${prefix}.iptables`]: printForm[form](rules),
    ...(form === 'restore' && { [`${prefix}.jumps`]: printJumps(rules.jumps) }),
  };
}

const printForm: Readonly<Record<Form, (rules: FamilyDocument) => string>> = {
  restore: ({ document }) => printRestore(document),
  save: ({ document, jumps }) => printSave(document, jumps),
  script: ({ document, jumps, family }) => printScript(document, jumps, family),
};

function renderIpvs({ family, ipsets, virtualServers, addresses }: IpvsFamily): Files {
  const prefix = prefixes[family];
  return {
    [`${prefix}.ipset`]: printIPSets(ipsets),
    [`${prefix}.ipvsadm`]: printVirtualServers(virtualServers),
    [`${prefix}.addresses`]: printLines(addresses, (address) => address),
  };
}

function renderNftables(ruleset: NftablesRuleset, family: 'ipv4' | 'ipv6', form: Form): Files {
  const print = form === 'script' ? printReplacement : printTable;
  const { table } = ruleset[family];
  return { [`${family}.nft`]: print(table, { together: ruleset.layout === 'fast' }) };
}

function renderTimeouts({ timeouts }: IpvsRuleset): Files {
  return timeouts ? { 'node.ipvs-timeouts': printTimeouts(timeouts) } : {};
}
