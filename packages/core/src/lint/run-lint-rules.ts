import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { LintContext } from './lint-context.ts';
import type { LintFinding, LintRule } from './lint-rule.ts';

/** What the rules find, in the order of the rules. */
export function runLintRules(rules: readonly LintRule[], context: LintContext): Diagnostic[] {
  return rules
    .filter(({ modes }) => modes === undefined || modes.includes(context.mode))
    .flatMap((rule) =>
      findingsOf(rule, context).map((finding) => createDiagnostic(rule.code, finding)),
    );
}

function findingsOf({ check, checkNode }: LintRule, context: LintContext): LintFinding[] {
  return [
    ...(check?.(context) ?? []),
    ...(checkNode
      ? context.nodeSnapshots.flatMap((snapshot) => [...checkNode(snapshot, context)])
      : []),
  ];
}
