import { expect } from 'vitest';
import { createSnapshot, type SnapshotInput } from '../../src/index.ts';
import { printObjectRef } from '../../src/diagnostics/print-diagnostic.ts';
import { createLintContext } from '../../src/lint/lint-context.ts';
import type { LintMode, LintRule } from '../../src/lint/lint-rule.ts';
import { runLintRules } from '../../src/lint/run-lint-rules.ts';
import { families } from '../../src/netaddr/family.ts';
import { behaviourOf } from '../../src/service/behaviour.ts';
import { resolveFamily } from '../../src/service/resolve-family.ts';
import { nodeInput } from './cluster.ts';

/** A cluster of node-a, unless it says otherwise, in iptables mode, unless it says otherwise. */
export interface LintCase extends SnapshotInput {
  readonly mode?: LintMode;
  /** Empty for all nodes. */
  readonly nodeName?: string;
}

export function expectValid(rule: LintRule, input: LintCase): void {
  expect(lintWith(rule, input)).toEqual([]);
}

/** Each expected finding is its message, and behind it its objects as they are printed. */
export function expectErrors(
  rule: LintRule,
  input: LintCase,
  expected: readonly (readonly string[])[],
): void {
  expect(expected.length).toBeGreaterThan(0);
  expect(lintWith(rule, input)).toEqual(expected);
}

function lintWith(
  rule: LintRule,
  { mode = 'iptables', nodeName = 'node-a', ...input }: LintCase,
): string[][] {
  const { snapshot } = createSnapshot({ nodes: [nodeInput()], ...input }, { nodeName });
  const seen = { ...snapshot, nodeName };
  const behaviour = behaviourOf('1.36', {});
  const resolved = families.map((family) => resolveFamily(seen, family, behaviour));
  const diagnostics = runLintRules([rule], createLintContext(seen, mode, resolved));
  expect(new Set(diagnostics.map(({ code }) => code)).size).toBeLessThan(2);
  return diagnostics.map(({ message, objects }) => [message, ...objects.map(printObjectRef)]);
}
