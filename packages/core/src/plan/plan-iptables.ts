import { diffRuleset } from '../diff/diff-ruleset.ts';
import type { Change } from '../diff/change.ts';
import type { NodeRules, RuleChain, Section } from '../diff/node-rules.ts';
import type { Backend } from '../ruleset/iptables/index.ts';
import { families, type Family } from '../netaddr/family.ts';
import type { Operation } from './operation.ts';

/** How kube-proxy's rules stand among those of others. */
export interface Ownership {
  /** Whether a chain is kube-proxy's alone: such a chain is written whole, of others only our rules. */
  readonly isOwnChain: (name: string) => boolean;
  /** Whether a rule of ours in a chain of others comes behind theirs. */
  readonly isLastJump: (text: string) => boolean;
}

/**
 * One restore for each family that changes, with the chains that changed and no others. The tool is
 * atomic for each table only: REJECT rules come before the DNAT rules that they stand in for go, and go
 * after those come; a packet that was translated does not meet them.
 */
export function planIptables(from: NodeRules, to: NodeRules, ownership: Ownership): Operation[] {
  return families.flatMap((family) => {
    const input = restoreInput(family, { from, to, ownership });
    return input === '' ? [] : [{ kind: 'iptables', family, input }];
  });
}

/** The same steps, taken in the implementation that is not the node's own. */
export function inOtherBackend(
  operations: readonly Operation[],
  own: Backend | undefined,
): Operation[] {
  const backend = own === 'legacy' ? 'nft' : 'legacy';
  return operations.map((operation) =>
    operation.kind === 'iptables' ? { ...operation, backend } : operation,
  );
}

interface Both {
  readonly from: NodeRules;
  readonly to: NodeRules;
  readonly ownership: Ownership;
}

function restoreInput(family: Family, { from, to, ownership }: Both): string {
  const prefix = `iptables ${family} `;
  const sectionsOf = (rules: NodeRules): Section[] =>
    rules.filter(({ name }) => name.startsWith(prefix));
  const [former, wanted] = [sectionsOf(from), sectionsOf(to)];
  const names = new Set([...former, ...wanted].map(({ name }) => name));
  const tables = [...names].flatMap((name) => {
    const [a, b] = [sectionOf(former, name), sectionOf(wanted, name)];
    const changes = diffRuleset([a], [b]);
    return changes.length === 0 ? [] : [{ table: name.slice(prefix.length), a, b, changes }];
  });
  const others = tables.filter(({ table }) => table !== 'filter');
  const filter = tables.find(({ table }) => table === 'filter');
  const inputs = others.map(({ table, a, b }) => printTable(table, a, { to: b, ownership }));
  if (!filter) return inputs.join('');
  const { a, b, changes } = filter;
  const withFormer = keepFormerRules(a, b, ownership);
  const addsOnly = !changes.some(isRemoval);
  const removesOnly = !changes.some(isAddition);
  const print = (one: Section, other: Section): string =>
    printTable('filter', one, { to: other, ownership });
  if (inputs.length === 0 || addsOnly) return [print(a, b), ...inputs].join('');
  if (removesOnly) return [...inputs, print(a, b)].join('');
  return [print(a, withFormer), ...inputs, print(withFormer, b)].join('');
}

function sectionOf(sections: readonly Section[], name: string): Section {
  return (
    sections.find((section) => section.name === name) ?? {
      kind: 'iptables',
      name,
      chains: [],
      groups: [],
    }
  );
}

function isRemoval({ kind }: Change): boolean {
  return kind === 'ruleRemoved' || kind === 'chainRemoved';
}

function isAddition({ kind }: Change): boolean {
  return kind === 'ruleAdded' || kind === 'chainAdded';
}

/** The wanted chains with what they held before behind it: nothing that was refused gets through meanwhile. */
function keepFormerRules(from: Section, to: Section, { isOwnChain }: Ownership): Section {
  const former = new Map(from.chains.map((chain) => [chain.name, chain]));
  const wanted = new Set(to.chains.map(({ name }) => name));
  const chains = to.chains.map((chain) => {
    const present = isOwnChain(chain.name) ? former.get(chain.name) : undefined;
    if (!present) return chain;
    const texts = new Set(chain.rules.map(({ text }) => text));
    const others = present.rules.filter(({ text }) => !texts.has(text));
    return { ...chain, rules: [...chain.rules, ...others] };
  });
  const unwanted = from.chains.filter(({ name }) => isOwnChain(name) && !wanted.has(name));
  return { ...to, chains: [...chains, ...unwanted] };
}

interface Target {
  readonly to: Section;
  readonly ownership: Ownership;
}

/** A table of iptables-restore's input: only what differs. Declaring a chain empties it. */
function printTable(table: string, from: Section, { to, ownership }: Target): string {
  const { isOwnChain } = ownership;
  const former = new Map(from.chains.map((chain) => [chain.name, chain]));
  const wanted = new Map(to.chains.map((chain) => [chain.name, chain]));
  const own = to.chains.filter(({ name }) => isOwnChain(name));
  const written = own.filter((chain) => !hasSameRules(former.get(chain.name), chain));
  const stale = from.chains.filter(({ name }) => isOwnChain(name) && !wanted.has(name));
  const shared = [...new Set([...former.keys(), ...wanted.keys()])].filter(
    (name) => !isOwnChain(name),
  );
  const lines = [
    ...[...written, ...stale].map(({ name }) => `:${name} - [0:0]`),
    ...shared.flatMap((name) => changeJumps(former.get(name), wanted.get(name), ownership)),
    ...written.flatMap(({ rules }) => rules.map(({ text }) => text)),
    ...stale.map(({ name }) => `-X ${name}`),
  ];
  return lines.length === 0 ? '' : `*${table}\n${lines.join('\n')}\nCOMMIT\n`;
}

function hasSameRules(a: RuleChain | undefined, b: RuleChain): boolean {
  if (!a || a.rules.length !== b.rules.length) return false;
  return a.rules.every(({ text }, index) => text === b.rules[index]?.text);
}

/**
 * In a chain that others use too, our rules stand at the head in their order, and those that must be
 * last at its end; only they change.
 */
function changeJumps(
  former: RuleChain | undefined,
  wanted: RuleChain | undefined,
  { isLastJump }: Ownership,
): string[] {
  const [before, after] = [former?.rules ?? [], wanted?.rules ?? []].map((rules) =>
    rules.map(({ text }) => text),
  );
  if (!before || !after || before.join('\n') === after.join('\n')) return [];
  const first = after.filter((text) => !isLastJump(text));
  return [
    ...before.map((text) => text.replace(/^-A /, '-D ')),
    ...first.toReversed().map((text) => text.replace(/^-A /, '-I ')),
    ...after.filter(isLastJump),
  ];
}
