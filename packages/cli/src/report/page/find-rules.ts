import { printOwner, type NodeRules, type Origin } from '@kube-rules/core';
import type { FoundRules, ShownChain, ShownRule } from './questions.ts';

interface Item {
  readonly text: string;
  readonly origin?: Origin | undefined;
}

interface Chain {
  readonly section: string;
  readonly name: string;
  readonly declaration: string;
  readonly origin?: Origin | undefined;
  readonly items: readonly Item[];
}

/** The rules and entries that are there for one Service, with their chains, sets and servers. */
export function rulesOfService(rules: NodeRules, service: string): FoundRules {
  const isOwn = ({ origin }: Item): boolean => isOf(origin, service);
  const chains = chainsOf(rules).flatMap((chain) => {
    const items = isOf(chain.origin, service) ? chain.items : chain.items.filter(isOwn);
    return items.length > 0 ? [showChain({ ...chain, items })] : [];
  });
  return { total: countRules(chains), chains };
}

/** The rules that have all of the words, in their own text, their chain's or their owner's; at most so many of them. */
export function findRules(rules: NodeRules, words: string, most: number): FoundRules {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  let total = 0;
  const chains: ShownChain[] = [];
  for (const chain of chainsOf(rules)) {
    const head = `${chain.section} ${chain.name} ${chain.declaration}`;
    const found = chain.items.filter((item) => {
      const text = `${head} ${item.text} ${ownerOf(item)}`.toLowerCase();
      return wanted.every((word) => text.includes(word));
    });
    const room = Math.max(0, most - total);
    total += found.length;
    if (found.length > 0 && room > 0)
      chains.push(showChain({ ...chain, items: found.slice(0, room) }));
  }
  return { total, chains };
}

function chainsOf(rules: NodeRules): Chain[] {
  return rules.flatMap(({ name: section, chains, groups }) => [
    ...chains.map(({ name, declaration, rules: items }) => ({ section, name, declaration, items })),
    ...groups.map(({ name, declaration, entries: items, origin }) => ({
      section,
      name,
      declaration,
      items,
      origin,
    })),
  ]);
}

/** A service port is `namespace/name`, with `:port` behind it where the port has a name. */
function isOf(origin: Origin | undefined, service: string): boolean {
  const { servicePort } = origin ?? {};
  return servicePort === service || (servicePort?.startsWith(`${service}:`) ?? false);
}

function showChain({ section, name, declaration, items }: Chain): ShownChain {
  return { section, name, declaration, rules: items.map(showRule) };
}

function showRule(item: Item): ShownRule {
  return { text: item.text, reason: item.origin?.reason ?? '', owner: ownerOf(item) };
}

function ownerOf({ origin }: Item): string {
  return (origin && printOwner(origin)) ?? '';
}

function countRules(chains: readonly ShownChain[]): number {
  return chains.reduce((sum, { rules }) => sum + rules.length, 0);
}
