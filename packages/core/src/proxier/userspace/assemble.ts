import type { Document, Rule } from '../../ruleset/iptables/index.ts';
import type { CompiledListener } from '../../ruleset/listeners/index.ts';
import { chains } from './chains.ts';
import type { Fragment } from './fragment.ts';

export interface AssembledFamily {
  readonly document: Document;
  readonly listeners: readonly CompiledListener[];
}

/** Puts the fragments, in their canonical order, into the chains of the mode. */
export function assemble(fragments: readonly Fragment[]): AssembledFamily {
  const natRules: Rule[] = [];
  const filterRules: Rule[] = [];
  for (const fragment of fragments) {
    for (const rule of fragment.natRules) natRules.push(rule);
    for (const rule of fragment.filterRules) filterRules.push(rule);
  }
  const { nodePortNonLocal, ...natChains } = chains;
  return {
    document: {
      tables: [
        { name: 'filter', chains: [nodePortNonLocal], rules: filterRules },
        { name: 'nat', chains: Object.values(natChains), rules: natRules },
      ],
    },
    listeners: fragments.map(({ listener }) => listener),
  };
}
