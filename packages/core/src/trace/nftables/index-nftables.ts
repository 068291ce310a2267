import type { Family } from '../../netaddr/family.ts';
import type { NormalChain, NormalTable } from '../../ruleset/nftables/index.ts';
import { accepted, addStep, dropped, type Branch, type Passed } from '../walk/branch.ts';
import type { HookName } from '../walk/packet.ts';
import type { PolicyStep } from '../walk/step.ts';
import type { HookedEntry, TraceRules } from '../walk/traceable.ts';
import type { Walk } from '../walk/walk.ts';
import { passChain } from './pass-chain.ts';
import { indexTable, type IndexedTable } from './table-context.ts';

const families: Readonly<Record<Family, readonly string[]>> = {
  IPv4: ['ip', 'inet'],
  IPv6: ['ip6', 'inet'],
};

const hookNames: ReadonlyMap<string, HookName> = new Map([
  ['prerouting', 'prerouting'],
  ['input', 'input'],
  ['forward', 'forward'],
  ['output', 'output'],
  ['postrouting', 'postrouting'],
]);

/** What iptables-nft has in tables of these names; where its own dump is there, that is read. */
const ofIptables = new Set(['raw', 'mangle', 'nat', 'filter', 'security']);

/** The base chains that packets of a family pass. */
export function indexNftables(
  { nftables = [], iptables = [] }: TraceRules,
  family: Family,
): HookedEntry[] {
  const hasIptables = iptables.some(({ rules }) => rules.family === family);
  const isTwice = ({ family: own, name }: NormalTable): boolean =>
    hasIptables && own !== 'inet' && ofIptables.has(name);
  return nftables.flatMap(({ rules, file }) =>
    rules
      .filter((table) => families[family].includes(table.family) && !isTwice(table))
      .flatMap((table) => indexChains(indexTable(table, file))),
  );
}

function indexChains(indexed: IndexedTable): HookedEntry[] {
  return [...indexed.table.chains.values()].flatMap((chain) => {
    const hook = hookNames.get(chain.hook?.hook ?? '');
    if (!hook || !chain.hook) return [];
    const { type, priority } = chain.hook;
    const pass = (branch: Branch, walk: Walk): readonly Passed[] =>
      passBase(branch, chain, { indexed, walk, hook });
    const isNAT = type === 'nat';
    return [
      { hook, priority: isNAT ? natPriority(hook) : priority, subPriority: priority, isNAT, pass },
    ];
  });
}

/** NAT has one place at each hook; priorities order its chains among themselves. */
function natPriority(hook: HookName): number {
  return hook === 'prerouting' || hook === 'output' ? -100 : 100;
}

interface BaseContext {
  readonly indexed: IndexedTable;
  readonly walk: Walk;
  readonly hook: HookName;
}

function passBase(
  branch: Branch,
  chain: NormalChain,
  { indexed, walk, hook }: BaseContext,
): readonly Passed[] {
  return passChain(branch, chain, { ...indexed, walk, hook, depth: 0 }).map((passed) => {
    if (passed.end.kind !== 'return') return passed;
    if (chain.policy !== 'drop') return { end: accepted, branch: passed.branch };
    const { family, name } = indexed.table;
    const step: PolicyStep = {
      kind: 'policy',
      tool: 'nftables',
      hook,
      table: `${family} ${name}`,
      chain: chain.name,
      policy: chain.policy,
    };
    return { end: dropped, branch: addStep(passed.branch, step) };
  });
}
