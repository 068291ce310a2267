import type { Origin } from '../../ruleset/origin.ts';
import type { HookName } from './packet.ts';

/** Where a rule or an element stands: in a text that was read, or why it was compiled. */
export interface StepSource {
  /** The file's name and the offset of the line, in UTF-16 code units; `undefined` of compiled rules. */
  readonly place?: { readonly source: string; readonly offset: number };
  readonly origin?: Origin;
}

/** An element of a set or map by which a rule applied. */
export interface StepElement extends StepSource {
  /** The set or map. */
  readonly container: string;
  readonly text: string;
}

/** A rule that applied. What it changed stands beside it. */
export interface RuleStep extends StepSource {
  readonly kind: 'rule';
  readonly tool: 'iptables' | 'nftables';
  readonly hook: HookName;
  /** `nat`; of nftables with the family: `ip kube-proxy`. */
  readonly table: string;
  readonly chain: string;
  /** The rule's place in its chain, from 1. */
  readonly number: number;
  /** In the normal form of its language. */
  readonly text: string;
  readonly comment?: string;
  /** How likely the packet took this way at the rule, where chance decides. */
  readonly probability?: number;
  readonly elements?: readonly StepElement[];
  /** The destination that the rule gave the packet. */
  readonly destination?: string;
  /** The source that the rule gave the packet; null where the node's address is not known. */
  readonly source?: string | null;
  /** The mark that the rule gave the packet. */
  readonly mark?: number;
  /** Why it is not known whether the rule applies, or what it does. */
  readonly unknown?: string;
}

/** The end of a built-in or base chain, where its policy decides against the packet. */
export interface PolicyStep {
  readonly kind: 'policy';
  readonly tool: 'iptables' | 'nftables';
  readonly hook: HookName;
  readonly table: string;
  readonly chain: string;
  readonly policy: string;
}

/** Where a packet goes after its destination is settled. */
export interface RouteStep {
  readonly kind: 'route';
  /** To a process of the node itself, on by an interface, or nowhere. */
  readonly to: 'node' | 'network' | 'nowhere';
  /** None where it is not known. */
  readonly interface?: string;
  readonly reason?: string;
}

/** IPVS chose one of the real servers. */
export interface VirtualServerStep extends StepSource {
  readonly kind: 'virtualServer';
  readonly hook: HookName;
  /** `tcp 10.96.0.1:443`. */
  readonly service: string;
  readonly scheduler: string;
  /** None where there is no server to choose. */
  readonly realServer?: string;
  readonly probability: number;
}

/** One thing that happened to a packet on its way. */
export type Step = RuleStep | PolicyStep | RouteStep | VirtualServerStep;
