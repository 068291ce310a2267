import type { Family } from './fixtures.ts';
import { bothFamilies } from './ipvs-documents.ts';
import type { IpvsDocuments } from './ipvs-documents.ts';
import { readSavedTables } from './saved-tables.ts';
import type { SavedTables } from './saved-tables.ts';
import { printSysctls, readPrintedSysctls } from './sysctls.ts';

/** What a namespace has of ipvs mode besides rules, as lines that can be compared. */
export interface IpvsState {
  readonly sysctls: readonly string[];
  readonly sets: readonly string[];
  readonly addresses: readonly string[];
  readonly isInterfaceUp: boolean;
  readonly virtualServers: readonly string[];
}

/** Prints what the kernel has, a section each. */
export function printStateScript(documents: IpvsDocuments): string {
  return [
    section('sysctls', printSysctls(bothFamilies(documents, 'sysctl'))),
    section('sets', 'ipset save\n'),
    section('interface', 'ip -json addr show dev kube-ipvs0\n'),
    section('virtualServers', 'ipvsadm -Sn\n'),
  ].join('');
}

/** Prints the rules that the kernel has in a section of that name for each family. */
export function printRulesScript(name: string): string {
  return [
    section(`${name}.ipv4`, 'iptables-legacy-save\n'),
    section(`${name}.ipv6`, 'ip6tables-legacy-save\n'),
  ].join('');
}

/** Prints what a script prints as a section of that name. */
export function section(name: string, script: string): string {
  return `echo '#@ ${name}'\n${script}`;
}

/** The sections of an output by name. */
export function readSections(output: string): ReadonlyMap<string, string> {
  const sections = output.split(/^#@ /m).slice(1);
  return new Map(
    sections.map((text) => {
      const end = text.indexOf('\n');
      return [text.slice(0, end), text.slice(end + 1)];
    }),
  );
}

/** The rules of both families. */
export type BothFamiliesRules = Readonly<Record<Family, SavedTables>>;

/** Reads the sections of `printRulesScript`; throws if they have no rules. */
export function readRules(sections: ReadonlyMap<string, string>, name: string): BothFamiliesRules {
  return { ipv4: readFamily(sections, `${name}.ipv4`), ipv6: readFamily(sections, `${name}.ipv6`) };
}

function readFamily(sections: ReadonlyMap<string, string>, section: string): SavedTables {
  const tables = readSavedTables(sections.get(section) ?? '');
  if (tables['nat'] === undefined || tables['filter'] === undefined) {
    throw new Error(`The section ${section} lacks rules.`);
  }
  return tables;
}

interface InterfaceListing {
  readonly flags: readonly string[];
  readonly addr_info: readonly { readonly local: string }[];
}

/** Reads the sections of `printStateScript`. */
export function readState(sections: ReadonlyMap<string, string>): IpvsState {
  const [listing] = JSON.parse(sections.get('interface') ?? '[]') as readonly InterfaceListing[];
  return {
    sysctls: distinctLines(readPrintedSysctls(sections.get('sysctls') ?? '')),
    sets: sortedLines(sections.get('sets')).map(normalizeSetLine),
    addresses: (listing?.addr_info ?? []).map(({ local }) => local).toSorted(),
    isInterfaceUp: listing?.flags.includes('UP') ?? true,
    virtualServers: sortedLines(sections.get('virtualServers')),
  };
}

/** The state that the documents ask for. */
export function wantedState(documents: IpvsDocuments): IpvsState {
  return {
    sysctls: distinctLines(bothFamilies(documents, 'sysctl')),
    sets: sortedLines(bothFamilies(documents, 'ipset')).map(normalizeSetLine),
    addresses: sortedLines(bothFamilies(documents, 'addresses')),
    isInterfaceUp: false,
    virtualServers: sortedLines(bothFamilies(documents, 'ipvsadm')),
  };
}

// The kernel has parameters of its own for each set, and more buckets than asked for where there are many entries.
function normalizeSetLine(line: string): string {
  return line.replace(/ (?:hashsize|bucketsize|initval) \S+/g, '');
}

function sortedLines(text = ''): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .toSorted();
}

function distinctLines(text: string): readonly string[] {
  return [...new Set(sortedLines(text))];
}
