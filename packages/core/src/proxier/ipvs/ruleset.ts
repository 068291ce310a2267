import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Family } from '../../netaddr/family.ts';
import type { IPSet } from '../../ruleset/ipset/index.ts';
import type { Document, JumpStep } from '../../ruleset/iptables/index.ts';
import type { ConnectionTimeouts, VirtualServer } from '../../ruleset/ipvs/index.ts';
import type { Release } from '../../service/release.ts';
import type { Summary } from '../../service/summary.ts';
import type { Sysctl } from '../shared/sysctl.ts';

/** What one address family needs in ipvs mode. */
export interface IpvsFamily {
  readonly family: Family;
  readonly jumps: readonly JumpStep[];
  readonly document: Document;
  readonly ipsets: readonly IPSet[];
  readonly virtualServers: readonly VirtualServer[];
  /** Of the dummy interface kube-ipvs0, without prefix lengths. */
  readonly addresses: readonly string[];
  readonly sysctls: readonly Sysctl[];
}

/** What kube-proxy programs in ipvs mode: plain data that survives `JSON.stringify`. */
export interface IpvsRuleset {
  readonly mode: 'ipvs';
  readonly release: Release;
  readonly nodeName: string;
  readonly summary: Summary;
  /** Where the configuration sets one. */
  readonly timeouts?: ConnectionTimeouts;
  /** Virtual servers on these addresses are not deleted, whoever made them. */
  readonly excludeCIDRs: readonly string[];
  readonly ipv4: IpvsFamily;
  readonly ipv6: IpvsFamily;
  readonly diagnostics: readonly Diagnostic[];
}
