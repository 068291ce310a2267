import {
  addressSection,
  ipsetSection,
  iptablesSections,
  ipvsSection,
  listenerSection,
} from '../diff/sections.ts';
import type { NodeRules, Section } from '../diff/node-rules.ts';
import { tableOf } from '../diff/table-of.ts';
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { families, type Family } from '../netaddr/family.ts';
import { familyOfIP } from '../netaddr/ip.ts';
import { parseAddressLines, parseIPAddr } from '../ruleset/addresses/index.ts';
import { normalizeSavedIPSets, parseIPSets } from '../ruleset/ipset/index.ts';
import {
  normalizeSaved,
  parseIptables,
  parseJumps,
  takeKnownRules,
  type Backend,
  type TakenRules,
} from '../ruleset/iptables/index.ts';
import { parseListeners } from '../ruleset/listeners/index.ts';
import { normalizeSavedVirtualServers, parseIpvsadm } from '../ruleset/ipvs/index.ts';
import { compareNames } from '../util/compare-names.ts';
import { compareText } from '../util/compare-text.ts';
import { chooseBackend } from './choose-backend.ts';
import { readNftables } from './read-nftables.ts';
import { identifyDump, type DumpIdentity } from './identify-dump.ts';

/** A node's dumps: texts by file name. A name that is not known is read by what the text looks like. */
export type DumpFiles = Readonly<Record<string, string>>;

/** What a node's dumps hold. */
export interface Dumps {
  readonly rules: NodeRules;
  /** Rules of the other implementation of iptables, where both were dumped. */
  readonly otherBackend: NodeRules;
  /** The one whose rules are in `rules`; `undefined` where the dumps do not tell. */
  readonly backend: Backend | undefined;
  /** What was dumped, with rules in it or without: see `partOf`. */
  readonly parts: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ReadDumpsOptions {
  /** The implementation of iptables whose rules are meant; by default `chooseBackend`'s. */
  readonly backend?: Backend | undefined;
  /** Rules of which many are expected: they are read faster. */
  readonly known?: NodeRules | undefined;
}

interface Dump extends DumpIdentity {
  readonly file: string;
  readonly text: string;
}

/** The interface on which ipvs mode binds the addresses of Services. */
const ipvsInterface = 'kube-ipvs0';

/**
 * Reads what the tools of a node printed, and the documents that `renderFiles` gives, into one form.
 */
export function readDumps(files: DumpFiles, options: ReadDumpsOptions = {}): Dumps {
  const { backend = chooseBackend(files), known } = options;
  const diagnostics: Diagnostic[] = [];
  const dumps = Object.entries(files).flatMap(([file, text]) => {
    const identity = identifyDump(file, text);
    if (identity === 'ignored') return [];
    if (identity !== 'unknown') return [{ ...identity, file, text }];
    diagnostics.push(reportUnknown(file, text));
    return [];
  });
  const report = (found: readonly Diagnostic[]): void => void diagnostics.push(...found);
  const texts = known && textsOf(known);
  const isOther = (dump: Dump): boolean =>
    backend !== undefined && dump.backend !== undefined && dump.backend !== backend;
  const others = dumps.filter(isOther);
  const own = dumps.filter((dump) => !isOther(dump));
  const sections = [
    ...families.flatMap((family) => readIptables(own, { family, report, texts })),
    ...readSets(own, report),
    ...readServers(own, report),
    ...readAddresses(own, report),
    ...readListeners(own, report),
    ...readNftables(ofKind(own, 'nftables'), report),
  ];
  return {
    rules: sortSections(sections),
    otherBackend: sortSections(
      families.flatMap((family) => readIptables(others, { family, report, texts })),
    ),
    backend,
    parts: new Set(dumps.filter(isReadable(diagnostics)).flatMap(partOfDump)),
    diagnostics,
  };
}

type Report = (found: readonly Diagnostic[]) => void;

function ofKind(dumps: readonly Dump[], kind: DumpIdentity['kind']): Dump[] {
  return dumps.filter((dump) => dump.kind === kind);
}

/** By name; of two dumps of the same table the last counts. */
function sortSections(sections: readonly Section[]): Section[] {
  const byName = new Map(sections.map((section) => [section.name, section]));
  return [...byName.values()].sort(compareNames);
}

/** Whether a dump is in a form that its reader knows. */
function isReadable(diagnostics: readonly Diagnostic[]): (dump: Dump) => boolean {
  const refused = new Set(
    diagnostics
      .filter(({ code, severity }) => code === 'DUMP_UNSUPPORTED' && severity === 'error')
      .map(({ range }) => range?.source),
  );
  return ({ file }) => !refused.has(file);
}

/** Which part of a node's rules a section belongs to: `iptables IPv4`, `listeners IPv4`, `ipset`, `ipvs`, `addresses` or `nftables`. */
export function partOf({ kind, name }: Section): string {
  if (kind === 'listeners') return name;
  return kind === 'iptables' ? name.split(' ').slice(0, 2).join(' ') : kind;
}

function partOfDump({ kind, family }: Dump): string[] {
  switch (kind) {
    case 'jumps':
      return [];
    case 'iptables':
      return [`iptables ${family ?? 'IPv4'}`];
    case 'ipAddress':
    case 'addressLines':
      return ['addresses'];
    case 'listeners':
      return (family ? [family] : families).map((one) => `listeners ${one}`);
    case 'ipset':
    case 'ipvs':
    case 'nftables':
      return [kind];
  }
}

function reportUnknown(file: string, text: string): Diagnostic {
  const message = `${file} is no dump that is known; name it ipv4.iptables-save, ipv6.iptables-save, ipset-save, ipvsadm-save, ip-addr.json or nft-list.`;
  const range = { source: file, start: 0, end: Math.min(text.length, 1) };
  return createDiagnostic('DUMP_UNSUPPORTED', { message, range });
}

interface IptablesReading {
  readonly family: Family;
  readonly report: Report;
  /** Of known rules, in normal form. */
  readonly texts: ReadonlySet<string> | undefined;
}

function readIptables(dumps: readonly Dump[], reading: IptablesReading): Section[] {
  const { family, report } = reading;
  const jumps = ofKind(dumps, 'jumps').find((dump) => dump.family === family);
  const parsedJumps = jumps && parseJumps(jumps.text, jumps.file);
  if (parsedJumps) report(parsedJumps.diagnostics);
  return ofKind(dumps, 'iptables')
    .filter((dump) => dump.family === family)
    .flatMap(({ text, file }) => {
      const { taken, lines } = takeKnownRules(text, reading.texts ?? noTexts);
      const { document, diagnostics } = parseIptables(text, file, lines);
      report(diagnostics);
      const sections = iptablesSections(normalizeSaved(document, family, parsedJumps?.jumps), file);
      return sections.map((section) => withTaken(section, taken, file));
    });
}

const noTexts: ReadonlySet<string> = new Set();

function textsOf(known: NodeRules): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const { kind, chains } of known) {
    if (kind !== 'iptables') continue;
    for (const { rules } of chains) for (const { text } of rules) texts.add(text);
  }
  return texts;
}

function withTaken(section: Section, taken: TakenRules['taken'], source: string): Section {
  const ofTable = taken.get(tableOf(section));
  const chains = section.chains.map((chain) => {
    const rules = ofTable?.get(chain.name) ?? [];
    if (rules.length === 0) return chain;
    const items = rules.map(({ text, offset }) => ({ text, place: { source, offset } }));
    return { ...chain, rules: items };
  });
  return { ...section, chains };
}

function readSets(dumps: readonly Dump[], report: Report): Section[] {
  const sections = ofKind(dumps, 'ipset').map(({ text, file }) => {
    const { document, diagnostics } = parseIPSets(text, file);
    report(diagnostics);
    return ipsetSection(normalizeSavedIPSets(document), file);
  });
  return mergeSections(sections);
}

function readServers(dumps: readonly Dump[], report: Report): Section[] {
  const sections = ofKind(dumps, 'ipvs').map(({ text, file }) => {
    const { document, diagnostics } = parseIpvsadm(text, file);
    report(diagnostics);
    return ipvsSection(normalizeSavedVirtualServers(document), file);
  });
  return mergeSections(sections);
}

function readAddresses(dumps: readonly Dump[], report: Report): Section[] {
  const ofInterface = ofKind(dumps, 'ipAddress').flatMap(({ text, file }) => {
    const { interfaces, diagnostics } = parseIPAddr(text, file);
    report(diagnostics);
    const bound = interfaces.filter(({ name }) => name === ipvsInterface);
    const addresses = bound.flatMap((one) => one.addresses.map(({ address }) => address));
    if (bound.length === 0) return [];
    const place = { source: file, offset: 0 };
    return addressSection(ipvsInterface, addresses.filter(isNoLinkLocal), { place });
  });
  const ofLines = ofKind(dumps, 'addressLines').map(({ text, file }) => {
    const { addresses, diagnostics } = parseAddressLines(text, file);
    report(diagnostics);
    return addressSection(
      ipvsInterface,
      addresses.map(({ address }) => address),
      { place: { source: file, offset: 0 } },
    );
  });
  return mergeSections([...ofInterface, ...ofLines]).filter(({ groups }) => groups.length > 0);
}

/** A file without a family in its name may hold both: the address tells. */
function readListeners(dumps: readonly Dump[], report: Report): Section[] {
  const sections = ofKind(dumps, 'listeners').flatMap(({ text, file }) => {
    const { listeners, diagnostics } = parseListeners(text, file);
    report(diagnostics);
    return families.map((family) =>
      listenerSection(
        family,
        listeners
          .filter(({ listener }) => familyOfIP(listener.address) === family)
          .map(({ listener, offset }) => ({ ...listener, offset })),
        file,
      ),
    );
  });
  return mergeSections(sections).filter(({ groups }) => groups.length > 0);
}

/** The kernel gives an interface one of these by itself. */
function isNoLinkLocal(address: string): boolean {
  return !address.startsWith('fe80:');
}

/** Sections of one name as one; of groups with the same name, the entries of all. */
export function mergeSections(sections: readonly Section[]): Section[] {
  const merged = new Map<string, Section>();
  for (const section of sections) {
    const present = merged.get(section.name);
    merged.set(section.name, present ? mergeTwo(present, section) : section);
  }
  return [...merged.values()];
}

function mergeTwo(a: Section, b: Section): Section {
  const groups = new Map(a.groups.map((group) => [group.name, group]));
  for (const group of b.groups) {
    const present = groups.get(group.name);
    const entries = [...(present?.entries ?? []), ...group.entries].sort((x, y) =>
      compareText(x.key, y.key),
    );
    groups.set(group.name, { ...group, entries });
  }
  const byName = [...groups.values()].sort(compareNames);
  return { ...a, groups: byName };
}
