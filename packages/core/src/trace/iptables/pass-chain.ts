import type {
  NormalChain,
  NormalMatch,
  NormalRule,
  NormalTable,
} from '../../ruleset/iptables/index.ts';
import { printNormalMatch } from '../../ruleset/iptables/print-normal.ts';
import { next, type Branch, type Passed } from '../walk/branch.ts';
import type { SetIndex } from '../ipset/index-sets.ts';
import type { HookName } from '../walk/packet.ts';
import type { RuleStep } from '../walk/step.ts';
import { sourceOf } from '../walk/traceable.ts';
import { comeBack, walkRules } from '../walk/walk-rules.ts';
import { assumeAt, forkAt, unknownAt, type Walk } from '../walk/walk.ts';
import { applyTarget, type CallChain } from './apply-target.ts';
import { elementSteps } from './element-steps.ts';
import { candidates, type FindIndex } from './index-chain.ts';
import { matchChance } from './match-chance.ts';

export interface ChainContext {
  readonly table: NormalTable;
  readonly file: string | undefined;
  /** That of the jumps. */
  readonly jumpsFile: string | undefined;
  readonly findIndex: FindIndex;
  readonly sets: SetIndex;
  readonly walk: Walk;
  readonly hook: HookName;
  /** How many calls deep the chain is. */
  readonly depth: number;
}

/** The kernel refuses loops; a text that was read may have one. */
const deepest = 100;

/** Takes a packet through a chain; what returns has come to its end. */
export function passChain(
  branch: Branch,
  chain: NormalChain,
  context: ChainContext,
): readonly Passed[] {
  const { walk, table, depth } = context;
  const callChain: CallChain = (called, name, isGoto) => {
    const other = table.chains.get(name);
    if (!other) return [unknownAt(called, `chain ${name}, which is not there`)];
    if (depth >= deepest) return [unknownAt(called, 'chains that call each other')];
    const passed = passChain(called, other, { ...context, depth: depth + 1 });
    return comeBack(passed, called, isGoto);
  };
  const index = context.findIndex(chain);
  const rules = index ? candidates(index, branch.packet) : chain.rules.length;
  return walkRules(branch, rules, {
    walk,
    passRule: (current, at) => {
      const rule = chain.rules[at];
      return rule && passRule(current, { rule, chain, index: at }, { context, callChain });
    },
  });
}

interface PlacedRule {
  readonly rule: NormalRule;
  readonly chain: NormalChain;
  readonly index: number;
}

interface Callable {
  readonly context: ChainContext;
  readonly callChain: CallChain;
}

function passRule(
  branch: Branch,
  placed: PlacedRule,
  { context, callChain }: Callable,
): readonly Passed[] | undefined {
  const { walk, sets } = context;
  const { matches, target } = placed.rule;
  const { chance, unknown } = matchChance(matches, branch.packet, { walk, sets });
  if (chance === 0 || (target === undefined && unknown)) return undefined;
  const makeStep = (): RuleStep => stepOf(placed, branch, context);
  const fork = unknown
    ? assumeAt(branch, { ...makeStep(), unknown: describe(unknown) }, walk)
    : forkAt(branch, chance, makeStep);
  const { applies, others } = fork;
  if (!applies) return others;
  // A rule without a target only counts.
  if (!target) return [...others, { end: next, branch: applies }];
  return [...others, ...applyTarget(applies, target, { walk, callChain })];
}

function describe(match: NormalMatch): string {
  return printNormalMatch(match).trim();
}

function stepOf(
  { rule, chain, index }: PlacedRule,
  branch: Branch,
  context: ChainContext,
): RuleStep {
  const { table, file, jumpsFile, hook, sets } = context;
  const isJump = rule.source.kind === 'saved' && rule.source.isJump;
  const elements = elementSteps(rule, branch.packet, sets);
  return {
    kind: 'rule',
    tool: 'iptables',
    hook,
    table: table.name,
    chain: chain.name,
    number: index + 1,
    text: rule.text,
    ...(rule.comment !== undefined && { comment: rule.comment }),
    ...sourceOf(rule.source, isJump ? jumpsFile : file),
    ...(elements.length > 0 && { elements }),
  };
}
