import type {
  NormalChain,
  NormalElement,
  NormalRule,
  NormalStatement,
} from '../../ruleset/nftables/index.ts';
import { printNormalElement } from '../../ruleset/nftables/print-normal.ts';
import { addStep, type Branch, type Passed } from '../walk/branch.ts';
import type { PacketState } from '../walk/packet.ts';
import type { RuleStep, StepElement } from '../walk/step.ts';
import { sourceOf } from '../walk/traceable.ts';
import { changeAt } from '../walk/walk.ts';
import { evaluate } from './evaluate.ts';
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

/** The rule's step, with the elements of sets by which it applies to a packet. */
export function stepOf(place: RulePlace, packet: PacketState): RuleStep {
  const { rule, chain, number, context } = place;
  const { table, file, hook } = context;
  const elements = rule.statements.flatMap((statement) => setElement(statement, packet, place));
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
    ...(elements.length > 0 && { elements }),
  };
}

function setElement(
  statement: NormalStatement,
  packet: PacketState,
  place: RulePlace,
): StepElement[] {
  if (statement.kind !== 'match' || statement.right.kind !== 'set') return [];
  const [first] = evaluate(statement.left, packet, place.context.walk);
  const container = place.context.containers.get(statement.right.name);
  const found = typeof first?.value === 'object' ? container?.find(first.value.text) : undefined;
  return found ? [elementStep(statement.right.name, found, place)] : [];
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
  return isThere ? branch : addStep(branch, stepOf(place, branch.packet));
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

/** The branch with an element of a map, and how likely the packet took it, in its rule's step. */
export function withElement(
  branch: Branch,
  element: StepElement | undefined,
  probability: number,
): Branch {
  const step = branch.path?.step;
  const before = step?.kind === 'rule' ? (step.elements ?? []) : [];
  return changeAt(branch, branch.packet, {
    ...(element && { elements: [...before, element] }),
    ...(probability < 1 && { probability }),
  });
}
