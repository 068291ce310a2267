import type { Audit, Finding } from '@kube-rules/core';

/** One way to break a node, and what an audit has to say of it. */
export interface Breakage {
  readonly name: string;
  /** Commands for the node that has the rules of `AUDIT_CLUSTER`. */
  readonly script: string;
  /** As `describeFinding` words them, in any order. */
  readonly findings: readonly string[];
  /** What some finding says. */
  readonly message?: string;
  /** Rules and entries of others; without it there are none. */
  readonly foreign?: number;
  /** Service ports with a finding, where that are not all; `all` where a finding concerns all. */
  readonly broken: readonly string[] | 'all';
}

export const WEB = 'default/web:http';
export const API = 'default/api:https';
export const IDLE = 'default/idle:http';

/** `kind: section, container, servicePort, endpoint`; what a finding does not have is left out. */
function describeFinding({ kind, section, container, servicePort, endpoint }: Finding): string {
  const where = [section, container, servicePort, endpoint].filter((part) => part !== undefined);
  return `${kind}: ${where.join(', ')}`;
}

/** The part of an audit that a breakage tells of. */
export function outcomeOf(found: Audit): unknown {
  const diagnostics = found.diagnostics.filter(({ code }) => code.startsWith('DUMP_'));
  return {
    findings: found.findings.map(describeFinding).toSorted(),
    broken: found.broken,
    foreign: found.foreign,
    diagnostics,
  };
}

/** What `outcomeOf` gives for a breakage that is found. */
export function wantedOutcome({ findings, broken, foreign = 0 }: Breakage): unknown {
  return {
    findings: findings.toSorted(),
    broken: broken === 'all' ? [API, IDLE, WEB] : broken,
    foreign,
    diagnostics: [],
  };
}
