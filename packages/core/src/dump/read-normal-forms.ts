import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import {
  parseAddressLines,
  parseIPAddr,
  type InterfaceAddresses,
} from '../ruleset/addresses/index.ts';
import type { Family } from '../netaddr/family.ts';
import { normalizeSavedIPSets, parseIPSets } from '../ruleset/ipset/index.ts';
import { normalizeSaved, parseIptables, parseJumps } from '../ruleset/iptables/index.ts';
import { normalizeSavedVirtualServers, parseIpvsadm } from '../ruleset/ipvs/index.ts';
import { normalizeParsed, parseNftables } from '../ruleset/nftables/index.ts';
import { identifyDump, type DumpIdentity } from './identify-dump.ts';
import type { DumpFiles } from './read-dumps.ts';

/** Rules in the normal form of their language, and the file that they were read from. */
interface Read<Rules> {
  readonly rules: Rules;
  readonly file: string;
}

/** All that a node's dumps hold, in the normal forms of the languages. */
export interface NormalForms {
  readonly iptables: readonly (Read<ReturnType<typeof normalizeSaved>> & {
    readonly jumpsFile: string | undefined;
  })[];
  readonly ipsets: readonly Read<ReturnType<typeof normalizeSavedIPSets>>[];
  readonly virtualServers: readonly Read<ReturnType<typeof normalizeSavedVirtualServers>>[];
  readonly nftables: readonly Read<ReturnType<typeof normalizeParsed>>[];
  readonly interfaces: readonly InterfaceAddresses[];
  /** Addresses that stand by themselves: those of `kube-ipvs0`. */
  readonly serviceAddresses: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Dump extends DumpIdentity {
  readonly file: string;
  readonly text: string;
}

/** Reads what the tools of a node printed; rules of both implementations of iptables stand beside each other. */
export function readNormalForms(files: DumpFiles): NormalForms {
  const diagnostics: Diagnostic[] = [];
  const dumps = Object.entries(files).flatMap(([file, text]): Dump[] => {
    const identity = identifyDump(file, text);
    return typeof identity === 'string' ? [] : [{ ...identity, file, text }];
  });
  const read = <Parsed extends { readonly diagnostics: readonly Diagnostic[] }, Rules>(
    kind: DumpIdentity['kind'],
    parse: (text: string, file: string) => Parsed,
    normalize: (parsed: Parsed, dump: Dump) => Rules,
  ): Read<Rules>[] =>
    dumps
      .filter((dump) => dump.kind === kind)
      .map((dump) => {
        const parsed = parse(dump.text, dump.file);
        diagnostics.push(...parsed.diagnostics);
        return { rules: normalize(parsed, dump), file: dump.file };
      });
  const jumps = read('jumps', parseJumps, ({ jumps: parsed }, { family }) => ({ parsed, family }));
  const jumpsOf = (family: Family): (typeof jumps)[number] | undefined =>
    jumps.find(({ rules }) => rules.family === family);
  return {
    iptables: read('iptables', parseIptables, ({ document }, { family = 'IPv4' }) =>
      normalizeSaved(document, family, jumpsOf(family)?.rules.parsed),
    ).map((one) => ({ ...one, jumpsFile: jumpsOf(one.rules.family)?.file })),
    ipsets: read('ipset', parseIPSets, ({ document }) => normalizeSavedIPSets(document)),
    virtualServers: read('ipvs', parseIpvsadm, ({ document }) =>
      normalizeSavedVirtualServers(document),
    ),
    nftables: read('nftables', parseNftables, ({ document }) => normalizeParsed(document)),
    interfaces: read('ipAddress', parseIPAddr, ({ interfaces }) => interfaces).flatMap(
      ({ rules }) => rules,
    ),
    serviceAddresses: read('addressLines', parseAddressLines, ({ addresses }) =>
      addresses.map(({ address }) => address),
    ).flatMap(({ rules }) => rules),
    diagnostics,
  };
}
