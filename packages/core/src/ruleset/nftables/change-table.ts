import type { Chain, NamedMap, NamedSet, Table } from './ast.ts';
import { changeElements } from './change-elements.ts';
import { findLeftovers, type Leftovers } from './leftovers.ts';
import type { ObjectName } from './names.ts';
import {
  printChain,
  printMap,
  printPlace,
  printReplacement,
  printRule,
  printSet,
  type PrintTableOptions,
} from './print-table.ts';
import { containersNamed, referencesOf, type References } from './references.ts';

/** How a table in the kernel becomes another one. */
export interface TableChange {
  /**
   * What is new and nothing leads to yet: commands for a call of `nft -f` before the other. A packet
   * that is under way when a transaction ends finds its elements, but not yet the rules of its chains.
   */
  readonly preparation: string;
  /** The change itself, one transaction. Both are empty if there is nothing to do. */
  readonly script: string;
  /** What the kernel has afterwards: the wanted table, and what can go only with a later change. */
  readonly result: Table;
}

/**
 * The smallest scripts that make `from` into `to`, a table of the same family and name. A chain whose
 * rules changed is written anew, of sets and maps only the elements that differ are sent, and what
 * packets added to a set stays. A chain that nothing leads to any more stays as it is, is emptied by
 * the next change and deleted by the one after: packets may be on their way to it, and kernels before
 * 6.2 refuse to delete a chain together with what led to it; there, let a second pass between two
 * changes. A table of another shape (another layout) is replaced as a whole.
 */
export function changeTable(from: Table, to: Table, options?: PrintTableOptions): TableChange {
  if (hasAnotherShape(from, to))
    return { preparation: '', script: printReplacement(to, options), result: to };
  const sets = compareSets(from, to);
  const redeclared = namesOf(sets.redeclared);
  const flushed = from.chains.filter((chain) => looksInto(chain, redeclared));
  const references = referencesOf(from);
  const chains = compareChains(from, to, { references, redeclared });
  const leftovers = findLeftovers(from, to, { references, flushed: namesOf(flushed) });
  const additions = printAdditions(to, {
    chains,
    sets: sets.added,
    maps: missing(to.maps, from.maps),
  });
  const changes = [
    ...printChanges(to, chains.changed, namesOf(flushed)),
    ...changeElements(from, to, sets.redeclared),
    ...printLeftovers(to, leftovers),
  ];
  const result = withLeftovers(to, leftovers.kept);
  if (redeclared.size === 0)
    return { preparation: joinLines(additions), script: joinLines(changes), result };
  // What is new may look into a set that has to go and come again, so everything goes together.
  const redeclaration = printRedeclaration(to, flushed, sets.redeclared);
  const script = joinLines([...redeclaration, ...additions, ...changes]);
  return { preparation: '', script, result };
}

function joinLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

interface Named {
  readonly name: ObjectName;
}

function namesOf(objects: readonly Named[]): ReadonlySet<ObjectName> {
  return new Set(objects.map(({ name }) => name));
}

function byName<T extends Named>(objects: readonly T[]): ReadonlyMap<ObjectName, T> {
  return new Map(objects.map((object) => [object.name, object]));
}

/** What stands only in the first list. */
function missing<T extends Named>(objects: readonly T[], others: readonly Named[]): T[] {
  const names = byName(others);
  return objects.filter(({ name }) => !names.has(name));
}

/** A name that stands for something else cannot be declared anew beside what uses it. */
function hasAnotherShape(from: Table, to: Table): boolean {
  const [fromSets, fromMaps, fromChains] = [
    byName(from.sets),
    byName(from.maps),
    byName(from.chains),
  ];
  return (
    to.sets.some(({ name }) => fromMaps.has(name)) ||
    to.maps.some((map) => {
      const present = fromMaps.get(map.name);
      return fromSets.has(map.name) || (present && printMap(present) !== printMap(map));
    }) ||
    to.chains.some((chain) => {
      const present = fromChains.get(chain.name);
      return present && printChain(present) !== printChain(chain);
    })
  );
}

interface SetChanges {
  readonly added: readonly NamedSet[];
  /** Those whose properties changed. */
  readonly redeclared: readonly NamedSet[];
}

function compareSets(from: Table, to: Table): SetChanges {
  const present = byName(from.sets);
  const redeclared = to.sets.filter((set) => {
    const former = present.get(set.name);
    return former !== undefined && printSet(former) !== printSet(set);
  });
  return { added: missing(to.sets, from.sets), redeclared };
}

interface ChainChanges {
  readonly added: readonly Chain[];
  /** Those whose rules changed while nothing leads to them. */
  readonly refilled: readonly Chain[];
  /** Those whose rules changed, or look into a set that is declared anew. */
  readonly changed: readonly Chain[];
}

interface ChainContext {
  readonly references: References;
  readonly redeclared: ReadonlySet<ObjectName>;
}

function compareChains(
  from: Table,
  to: Table,
  { references, redeclared }: ChainContext,
): ChainChanges {
  const present = byName(from.chains);
  const differing = to.chains.filter((chain) => {
    const former = present.get(chain.name);
    if (!former) return false;
    return printRules(former) !== printRules(chain) || looksInto(chain, redeclared);
  });
  const isIdle = ({ name, hook }: Chain): boolean => !hook && !references.chains.has(name);
  return {
    added: missing(to.chains, from.chains),
    refilled: differing.filter(isIdle),
    changed: differing.filter((chain) => !isIdle(chain)),
  };
}

function looksInto({ rules }: Chain, containers: ReadonlySet<ObjectName>): boolean {
  if (containers.size === 0) return false;
  return rules.some(({ statements }) =>
    statements.flatMap(containersNamed).some((name) => containers.has(name)),
  );
}

function printRules({ rules }: Chain): string {
  return rules.map(printRule).join('\n');
}

interface Additions {
  readonly chains: ChainChanges;
  readonly sets: readonly NamedSet[];
  readonly maps: readonly NamedMap[];
}

/** Chains before what leads to them, and sets and maps before the rules that look into them. */
function printAdditions(table: Table, { chains, sets, maps }: Additions): string[] {
  const place = printPlace(table);
  return [
    ...chains.added.map((chain) => `add chain ${place} ${printChain(chain)}`),
    ...chains.refilled.map(({ name }) => `flush chain ${place} ${name}`),
    ...sets.map((set) => `add set ${place} ${printSet(set)}`),
    ...maps.map((map) => `add map ${place} ${printMap(map)}`),
    ...addRules(place, [...chains.added, ...chains.refilled]),
  ];
}

/** @param flushed Chains that are empty already. */
function printChanges(
  table: Table,
  changed: readonly Chain[],
  flushed: ReadonlySet<ObjectName>,
): string[] {
  const place = printPlace(table);
  const full = changed.filter(({ name }) => !flushed.has(name));
  return [...full.map(({ name }) => `flush chain ${place} ${name}`), ...addRules(place, changed)];
}

/** A set can go only when no rule looks into it. */
function printRedeclaration(
  table: Table,
  flushed: readonly Chain[],
  redeclared: readonly NamedSet[],
): string[] {
  const place = printPlace(table);
  return [
    ...flushed.map(({ name }) => `flush chain ${place} ${name}`),
    ...redeclared.map(({ name }) => `delete set ${place} ${name}`),
    ...redeclared.map((set) => `add set ${place} ${printSet(set)}`),
  ];
}

function addRules(place: string, chains: readonly Chain[]): string[] {
  return chains.flatMap(({ rules }) => rules.map((rule) => `add rule ${place} ${printRule(rule)}`));
}

function printLeftovers(table: Table, { emptied, gone }: Leftovers): string[] {
  const place = printPlace(table);
  return [
    ...emptied.map(({ name }) => `flush chain ${place} ${name}`),
    ...gone.chains.map(({ name }) => `delete chain ${place} ${name}`),
    ...gone.sets.map(({ name }) => `delete set ${place} ${name}`),
    ...gone.maps.map(({ name }) => `delete map ${place} ${name}`),
  ];
}

function withLeftovers(to: Table, kept: Leftovers['kept']): Table {
  const { chains, sets, maps } = kept;
  if (chains.length + sets.length + maps.length === 0) return to;
  return {
    ...to,
    chains: [...to.chains, ...chains],
    sets: [...to.sets, ...sets],
    maps: [...to.maps, ...maps],
  };
}
