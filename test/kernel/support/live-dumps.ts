import type { DumpFiles } from '@kube-rules/core';
import type { Backend } from './backend.ts';
import { readSections, section } from './ipvs-state.ts';

/** What prints a node's rules, by the name that `audit` knows such a dump by. */
export type DumpCommands = Readonly<Record<string, string>>;

/** The rules of both families in one implementation of iptables, with counters. */
export function iptablesDumps(backend: Backend): DumpCommands {
  return {
    [`iptables-${backend}-save`]: `iptables-${backend}-save -c`,
    [`ip6tables-${backend}-save`]: `ip6tables-${backend}-save -c`,
  };
}

/** The tables as nft lists them in each of its ways. */
export const NFT_DUMPS = {
  'nft-list': 'nft list ruleset',
  'handles/nft-list': 'nft -a list ruleset',
  'stateless/nft-list': 'nft -s list ruleset',
  'nft-list.json': 'nft -j list ruleset',
} as const satisfies DumpCommands;

/** Each of which tells everything. */
export const NFT_READINGS = Object.keys(NFT_DUMPS).map((name) => [name]);

/** What a node has in ipvs mode; the sets and the virtual servers in each way in which they can be had. */
export const IPVS_DUMPS = {
  'ipset-save': 'ipset save',
  'ipset-list': 'ipset list',
  'ipvsadm-save': 'ipvsadm -Sn',
  'list/ipvsadm-save': 'ipvsadm -Ln',
  ip_vs: 'cat /proc/net/ip_vs',
  'ip-addr.json': 'ip -json addr',
  ...iptablesDumps('legacy'),
} as const satisfies DumpCommands;

const ALWAYS = ['ip-addr.json', ...Object.keys(iptablesDumps('legacy'))];

/** Which dumps of ipvs mode tell everything together. */
export const IPVS_READINGS = [
  ['ipset-save', 'ipvsadm-save', ...ALWAYS],
  ['ipset-list', 'list/ipvsadm-save', ...ALWAYS],
  ['ipset-save', 'ip_vs', ...ALWAYS],
];

/** Prints the dumps, a section each. */
export function printDumpsScript(commands: DumpCommands): string {
  return Object.entries(commands)
    .map(([name, command]) => section(name, `${command}\n`))
    .join('');
}

/** The dumps that `printDumpsScript` printed. */
export function readDumpFiles(output: string): DumpFiles {
  return Object.fromEntries(readSections(output));
}

/** Some of the dumps; throws if one is missing. */
export function pickDumps(files: DumpFiles, names: readonly string[]): DumpFiles {
  return Object.fromEntries(
    names.map((name) => {
      const text = files[name];
      if (text === undefined) throw new Error(`There is no dump ${name}.`);
      return [name, text];
    }),
  );
}
