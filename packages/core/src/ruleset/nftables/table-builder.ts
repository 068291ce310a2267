import type {
  NormalChain,
  NormalElement,
  NormalHook,
  NormalRule,
  NormalSource,
  NormalTable,
} from './normal.ts';
import {
  normalizeElement,
  normalizeSet,
  type ElementParts,
  type SetParts,
} from './normalize-set.ts';

interface ChainParts {
  readonly name: string;
  readonly source: NormalSource;
  hook: NormalHook | undefined;
  policy: string | undefined;
  comment: string | undefined;
  rules: NormalRule[];
}

interface OpenSet {
  readonly parts: SetParts;
  elements: Map<string, NormalElement>;
}

/** What a chain's braces tell of it. */
export type ChainProperties = Pick<NormalChain, 'hook' | 'policy' | 'comment'>;

/** A table while commands change it. */
export class TableBuilder {
  readonly family: string;
  readonly name: string;
  readonly #source: NormalSource;
  readonly #chains = new Map<string, ChainParts>();
  readonly #sets = new Map<string, OpenSet>();
  readonly others: string[] = [];
  comment: string | undefined;

  constructor(place: { readonly family: string; readonly name: string }, source: NormalSource) {
    this.family = place.family;
    this.name = place.name;
    this.#source = source;
  }

  /** Makes a chain if it is not there, and tells its properties. */
  addChain(name: string, source: NormalSource, properties?: ChainProperties): ChainParts {
    const known = this.#chains.get(name);
    const chain = known ?? {
      name,
      source,
      hook: undefined,
      policy: undefined,
      comment: undefined,
      rules: [],
    };
    if (properties?.hook) chain.hook = properties.hook;
    if (properties?.policy !== undefined) chain.policy = properties.policy;
    if (properties?.comment !== undefined) chain.comment = properties.comment;
    this.#chains.set(name, chain);
    return chain;
  }

  addRule(chain: string, rule: NormalRule, isFirst = false): void {
    const { rules } = this.addChain(chain, rule.source);
    if (isFirst) rules.unshift(rule);
    else rules.push(rule);
  }

  addSet(parts: SetParts): void {
    if (!this.#sets.has(parts.name)) this.#sets.set(parts.name, { parts, elements: new Map() });
  }

  /** Elements of a set that is not there are left out: their types are not known. */
  addElement(set: string, parts: ElementParts): void {
    const open = this.#sets.get(set);
    if (!open) return;
    const element = normalizeElement(open.parts, parts);
    if (!open.elements.has(element.text)) open.elements.set(element.text, element);
  }

  deleteElement(set: string, parts: ElementParts): void {
    const open = this.#sets.get(set);
    if (open) open.elements.delete(normalizeElement(open.parts, parts).text);
  }

  flushChain(name: string): void {
    const chain = this.#chains.get(name);
    if (chain) chain.rules = [];
  }

  flushChains(): void {
    for (const chain of this.#chains.values()) chain.rules = [];
  }

  flushSet(name: string): void {
    this.#sets.get(name)?.elements.clear();
  }

  deleteChain(name: string): void {
    this.#chains.delete(name);
  }

  deleteSet(name: string): void {
    this.#sets.delete(name);
  }

  finish(): NormalTable {
    const chains = [...this.#chains.values()].map(finishChain);
    const filled = new Set(chains.flatMap(({ rules }) => rules.flatMap(setsFilled)));
    const sets = [...this.#sets.values()].map(({ parts, elements }) =>
      normalizeSet(parts, [...elements.values()], filled.has(parts.name)),
    );
    return {
      family: this.family,
      name: this.name,
      comment: this.comment,
      chains: new Map(chains.map((chain) => [chain.name, chain])),
      sets: new Map(sets.map((set) => [set.name, set])),
      others: this.others,
      source: this.#source,
    };
  }
}

function finishChain({ hook, policy, ...chain }: ChainParts): NormalChain {
  return { ...chain, hook, policy: hook && (policy ?? 'accept') };
}

function setsFilled({ statements }: NormalRule): string[] {
  return statements.flatMap((statement) =>
    statement.kind === 'update' && statement.operation !== 'delete' ? [statement.set] : [],
  );
}
