import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Family } from '../../netaddr/family.ts';
import type { Document, JumpStep } from '../../ruleset/iptables/index.ts';
import type { Release } from '../../service/release.ts';
import type { Summary } from '../../service/summary.ts';
import type { Sysctl } from '../shared/sysctl.ts';

/** The rules of one address family. */
export interface IptablesFamily {
  readonly family: Family;
  readonly jumps: readonly JumpStep[];
  readonly document: Document;
  readonly sysctls: readonly Sysctl[];
}

/** What kube-proxy programs in iptables mode: plain data that survives `JSON.stringify`. */
export interface IptablesRuleset {
  readonly mode: 'iptables';
  readonly release: Release;
  readonly nodeName: string;
  readonly summary: Summary;
  readonly ipv4: IptablesFamily;
  readonly ipv6: IptablesFamily;
  readonly diagnostics: readonly Diagnostic[];
}
