import type { Section } from './diff/node-rules.ts';
import { ipsetSection, iptablesSections, ipvsSection, nftablesSections } from './diff/sections.ts';
import type { Family } from './netaddr/family.ts';
import { normalizeSavedIPSets, type SavedIPSets } from './ruleset/ipset/index.ts';
import { normalizeSaved, type SavedDocument } from './ruleset/iptables/index.ts';
import { normalizeSavedVirtualServers, type SavedVirtualServers } from './ruleset/ipvs/index.ts';
import { normalizeParsed, type SavedDocument as SavedNftables } from './ruleset/nftables/index.ts';

/** The tables of what `parseIptables` read, in the form that `diffRulesetet` compares. */
export function normalizeIptables(document: SavedDocument, family: Family): Section[] {
  return iptablesSections(normalizeSaved(document, family), '');
}

/** The sets of what `parseIpset` read. */
export function normalizeIpset(document: SavedIPSets): Section {
  return ipsetSection(normalizeSavedIPSets(document), '');
}

/** The virtual servers of what `parseIpvsadm` read. */
export function normalizeIpvsadm(document: SavedVirtualServers): Section {
  return ipvsSection(normalizeSavedVirtualServers(document), '');
}

/** The tables of what `parseNftables` read. */
export function normalizeNftables(document: SavedNftables): Section[] {
  return nftablesSections(normalizeParsed(document), '');
}
