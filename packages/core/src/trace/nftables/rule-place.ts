import type { NormalChain, NormalElement, NormalRule } from '../../ruleset/nftables/index.ts';
import { printNormalElement } from '../../ruleset/nftables/print-normal.ts';
import { addStep, type Branch, type Passed } from '../branch.ts';
import type { RuleStep, StepElement } from '../step.ts';
import { sourceOf } from '../traceable.ts';
import type { TableContext } from './table-context.ts';

/** A rule that is asked, and how to get into other chains. */
export interface RulePlace {
  readonly rule: NormalRule;
  readonly chain: NormalChain;
  /** From 1. */
  readonly number: number;
  readonly context: TableContext;
  readonly callChain: (branch: Branch, chain: string, isGoto: boolean) => readonly Passed[];
}

export function stepOf({ rule, chain, number, context }: RulePlace): RuleStep {
  const { table, file, hook } = context;
  return {
    kind: 'rule',
    tool: 'nftables',
    hook,
    table: `${table.family} ${table.name}`,
    chain: chain.name,
    number,
    text: rule.text,
    ...(rule.comment !== undefined && { comment: rule.comment }),
    ...sourceOf(rule.source, file),
  };
}

/** The branch with the rule's step, unless it has it already from a statement before. */
export function withStep(branch: Branch, place: RulePlace): Branch {
  const step = branch.path?.step;
  const isThere =
    step?.kind === 'rule' &&
    step.number === place.number &&
    step.chain === place.chain.name &&
    step.hook === place.context.hook &&
    step.table === `${place.context.table.family} ${place.context.table.name}`;
  return isThere ? branch : addStep(branch, stepOf(place));
}

/** The element of a set or map by which a rule applied. */
export function elementStep(
  container: string,
  element: NormalElement,
  { context }: RulePlace,
): StepElement {
  const text = printNormalElement(element);
  return { container, text, ...sourceOf(element.source, context.file) };
}
