import type { Origin } from '../ruleset/origin.ts';

/** The tool that has the rules of a section. */
export type SectionKind = 'iptables' | 'ipset' | 'ipvs' | 'addresses' | 'listeners' | 'nftables';

/** Where something stands in a text that was read. */
export interface Place {
  /** The file's name, as it was given. */
  readonly source: string;
  /** Of its line, in UTF-16 code units. */
  readonly offset: number;
}

/** One rule or one entry. Two are the same if their texts are. */
export interface Item {
  /** In the normal form of its language. */
  readonly text: string;
  /** Why it is there; of compiled rules only. */
  readonly origin?: Origin;
  /** Where it was read; of dumps only. */
  readonly place?: Place;
}

/** Rules in the order in which packets meet them. */
export interface RuleChain {
  readonly name: string;
  /** What else the chain is: its hook, its policy. Empty for a chain that only others lead to. */
  readonly declaration: string;
  readonly rules: readonly Item[];
}

export interface Entry extends Item {
  /** What tells it from the others: of a map's element what is looked up, of a real server its address. */
  readonly key: string;
}

/** Entries without an order: a set, a map, a virtual server with its real servers, a listener with its endpoints, the addresses of an interface. */
export interface EntryGroup {
  readonly name: string;
  /** What else it is: type and flags, scheduler and persistence. */
  readonly declaration: string;
  readonly entries: readonly Entry[];
  readonly origin?: Origin;
  readonly place?: Place;
}

/** A table, or all that a tool without tables has. */
export interface Section {
  readonly kind: SectionKind;
  /** `iptables IPv4 nat`, `ipset`, `ipvs`, `addresses kube-ipvs0`, `listeners IPv4`, `nftables ip kube-proxy`. */
  readonly name: string;
  /** By name. */
  readonly chains: readonly RuleChain[];
  /** By name. */
  readonly groups: readonly EntryGroup[];
}

/**
 * The rules of a node in one form, whether they were compiled or read back: what differs there
 * differs for packets. Sections are in the order of their names.
 */
export type NodeRules = readonly Section[];
