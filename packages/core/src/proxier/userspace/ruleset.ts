import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Family } from '../../netaddr/family.ts';
import type { Document, JumpStep } from '../../ruleset/iptables/index.ts';
import type { CompiledListener } from '../../ruleset/listeners/index.ts';
import type { Release } from '../../service/release.ts';
import type { Summary } from '../../service/summary.ts';

/** What one address family needs in userspace mode. */
export interface UserspaceFamily {
  readonly family: Family;
  readonly jumps: readonly JumpStep[];
  readonly document: Document;
  /** What the proxy listens on, by service port. */
  readonly listeners: readonly CompiledListener[];
}

/** What kube-proxy programmed in userspace mode, for both families: plain data that survives `JSON.stringify`. */
export interface UserspaceRuleset {
  readonly mode: 'userspace';
  readonly release: Release;
  readonly nodeName: string;
  readonly summary: Summary;
  readonly ipv4: UserspaceFamily;
  readonly ipv6: UserspaceFamily;
  readonly diagnostics: readonly Diagnostic[];
}
