import type { EntryGroup, RuleChain, Section } from '../diff/node-rules.ts';
import {
  isObjectName,
  objectName,
  type Chain,
  type Element,
  type NamedMap,
  type NamedSet,
  type Rule,
  type Statement,
  type Table,
} from '../ruleset/nftables/index.ts';

/** A wanted table, as it is written and as the kernel has it afterwards. */
export interface WantedTable {
  readonly table: Table;
  readonly section: Section;
}

/**
 * A table of a node as `changeTable` takes it: what is as it should be stands as in the wanted table,
 * anything else only as far as it leads to something. `undefined` where the table cannot be changed but
 * must be replaced: a set or map is declared otherwise, or a name is none that we would write.
 */
export function formerTable(live: Section, { table, section }: WantedTable): Table | undefined {
  const names = [...live.chains, ...live.groups].map(({ name }) => name);
  if (!names.every(isObjectName)) return undefined;
  const chains = live.chains.map((chain) => formerChain(chain, { table, section }));
  const groups = live.groups.map((group) => formerGroup(group, { table, section }));
  if (chains.includes(undefined) || groups.includes(undefined)) return undefined;
  const known = groups.filter((group) => group !== undefined);
  return {
    ...table,
    chains: chains.filter((chain) => chain !== undefined),
    sets: known.flatMap((group) => ('data' in group ? [] : [group])),
    maps: known.flatMap((group) => ('data' in group ? [group] : [])),
  };
}

function formerChain(live: RuleChain, { table, section }: WantedTable): Chain | undefined {
  const wanted = table.chains.find(({ name }) => name === live.name);
  const normal = section.chains.find(({ name }) => name === live.name);
  const name = objectName(live.name);
  const rules = (): Rule[] => live.rules.map(({ text }) => formerRule(name, text));
  if (!wanted || !normal) return live.declaration === '' ? { name, rules: rules() } : undefined;
  if (live.declaration !== normal.declaration) return undefined;
  const isSame =
    live.rules.length === normal.rules.length &&
    live.rules.every(({ text }, index) => text === normal.rules[index]?.text);
  return isSame ? wanted : { ...wanted, rules: rules() };
}

/** No rule of ours has this comment: the chain differs from the wanted one, whatever it leads to. */
const otherwise = 'differs from what should be there';

function formerRule(chain: Rule['chain'], text: string): Rule {
  const leads = [...text.matchAll(/\b(?:goto|jump) ([^\s,}]+)/g)].flatMap(([, name = '']) =>
    isObjectName(name)
      ? [{ kind: 'verdict', verdict: { kind: 'goto', chain: name } } as const]
      : [],
  );
  const looks = [...text.matchAll(/@([^\s,}]+)/g)].flatMap(([, name = '']): Statement[] =>
    isObjectName(name) ? [{ kind: 'update', set: name, key: { kind: 'numgen', modulus: 1 } }] : [],
  );
  return {
    chain,
    statements: [...leads, ...looks],
    comment: otherwise,
    origin: { reason: 'live' },
  };
}

function formerGroup(
  live: EntryGroup,
  { table, section }: WantedTable,
): NamedSet | NamedMap | undefined {
  const name = objectName(live.name);
  const wanted = [...table.sets, ...table.maps].find((one) => one.name === live.name);
  const normal = section.groups.find((group) => group.name === live.name);
  const elements = (): Element[] => live.entries.map((entry) => formerElement(entry));
  if (!wanted || !normal)
    return / : verdict/.test(live.declaration)
      ? { name, type: [], data: 'verdict', elements: elements() }
      : { name, type: [], elements: [] };
  if (live.declaration !== normal.declaration) return undefined;
  const byKey = new Map(wanted.elements.map((element) => [element.key.join(' . '), element]));
  const texts = new Map(normal.entries.map(({ key, text }) => [key, text]));
  const kept = live.entries.map((entry): Element => {
    const same = texts.get(entry.key) === entry.text ? byKey.get(entry.key) : undefined;
    return same ?? formerElement(entry);
  });
  return { ...wanted, elements: kept };
}

function formerElement({ key, text }: { readonly key: string; readonly text: string }): Element {
  const chain = / : (?:goto|jump) (\S+)/.exec(text)?.[1];
  const origin = { reason: 'live' };
  const comment = otherwise;
  const parts = key.split(' . ');
  return chain !== undefined && isObjectName(chain)
    ? { key: parts, comment, verdict: { kind: 'goto', chain }, origin }
    : { key: parts, comment, origin };
}
