import type { NormalChain, NormalRuleset, NormalTable } from '../../ruleset/iptables/index.ts';
import { accepted, addStep, dropped, type Branch, type Passed } from '../walk/branch.ts';
import type { SetIndex } from '../ipset/index-sets.ts';
import type { HookName } from '../walk/packet.ts';
import type { PolicyStep } from '../walk/step.ts';
import type { HookedEntry, TraceSource } from '../walk/traceable.ts';
import type { Walk } from '../walk/walk.ts';
import { rememberIndexes, type FindIndex } from './index-chain.ts';
import { passChain } from './pass-chain.ts';

const hookNames: ReadonlyMap<string, HookName> = new Map([
  ['PREROUTING', 'prerouting'],
  ['INPUT', 'input'],
  ['FORWARD', 'forward'],
  ['OUTPUT', 'output'],
  ['POSTROUTING', 'postrouting'],
]);

const priorities: ReadonlyMap<string, number> = new Map([
  ['raw', -300],
  ['mangle', -150],
  ['filter', 0],
  ['security', 50],
]);

/** The built-in chains of a ruleset with the priorities that netfilter gives their tables. */
export function indexIptables(
  { rules, file, jumpsFile }: TraceSource<NormalRuleset>,
  sets: SetIndex,
): HookedEntry[] {
  return [...rules.tables.values()].flatMap((table) => {
    const findIndex = rememberIndexes();
    return [...table.chains.values()].flatMap((chain) => {
      const hook = hookNames.get(chain.name);
      const priority = hook && priorityOf(table.name, hook);
      if (!hook || priority === undefined) return [];
      indexAhead(chain, table, findIndex);
      const isNAT = table.name === 'nat';
      const pass = (branch: Branch, walk: Walk): readonly Passed[] =>
        passBuiltIn(branch, chain, { table, findIndex, file, jumpsFile, sets, walk, hook });
      return [{ hook, priority, subPriority: 0, isNAT, pass }];
    });
  });
}

/** What a built-in chain calls every packet meets, so that the first one need not wait. */
function indexAhead(chain: NormalChain, { chains }: NormalTable, findIndex: FindIndex): void {
  for (const { target } of chain.rules) {
    const called = target?.kind === 'jump' ? chains.get(target.chain) : undefined;
    if (called) findIndex(called);
  }
}

function priorityOf(table: string, hook: HookName): number | undefined {
  if (table !== 'nat') return priorities.get(table);
  return hook === 'prerouting' || hook === 'output' ? -100 : 100;
}

interface Context {
  readonly table: NormalTable;
  readonly findIndex: FindIndex;
  readonly file: string | undefined;
  readonly jumpsFile: string | undefined;
  readonly sets: SetIndex;
  readonly walk: Walk;
  readonly hook: HookName;
}

function passBuiltIn(branch: Branch, chain: NormalChain, context: Context): readonly Passed[] {
  return passChain(branch, chain, { ...context, depth: 0 }).map((passed) => {
    if (passed.end.kind !== 'return') return passed;
    if (chain.policy === undefined || chain.policy === 'ACCEPT')
      return { end: accepted, branch: passed.branch };
    const step: PolicyStep = {
      kind: 'policy',
      tool: 'iptables',
      hook: context.hook,
      table: context.table.name,
      chain: chain.name,
      policy: chain.policy,
    };
    return { end: dropped, branch: addStep(passed.branch, step) };
  });
}
