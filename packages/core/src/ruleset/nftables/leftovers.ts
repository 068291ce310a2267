import type { Chain, NamedMap, NamedSet, Table } from './ast.ts';
import type { ObjectName } from './names.ts';
import type { References } from './references.ts';

interface Objects {
  readonly chains: readonly Chain[];
  readonly sets: readonly NamedSet[];
  readonly maps: readonly NamedMap[];
}

/** What a table has that is not wanted any more. */
export interface Leftovers {
  /** Chains that lose their rules now: nothing led to them before. */
  readonly emptied: readonly Chain[];
  /** What was empty, and nothing led to. */
  readonly gone: Objects;
  /** What stays until a later change, as it stands then. */
  readonly kept: Objects;
}

export interface LeftoverContext {
  /** What `from` leads to and looks into. */
  readonly references: References;
  /** Chains that were emptied for another reason. */
  readonly flushed: ReadonlySet<ObjectName>;
}

export function findLeftovers(
  from: Table,
  to: Table,
  { references, flushed }: LeftoverContext,
): Leftovers {
  const chains = unwanted(from.chains, to.chains);
  const sets = unwanted(from.sets, to.sets);
  const maps = unwanted(from.maps, to.maps);
  const isNamed = ({ name }: NamedSet | NamedMap): boolean => references.containers.has(name);
  const isIdle = ({ name }: Chain): boolean => !references.chains.has(name);
  const isGone = (chain: Chain): boolean => isIdle(chain) && chain.rules.length === 0;
  const isEmptied = (chain: Chain): boolean => isIdle(chain) || flushed.has(chain.name);
  return {
    emptied: chains.filter((chain) => isIdle(chain) && !isGone(chain) && !flushed.has(chain.name)),
    gone: {
      chains: chains.filter(isGone),
      sets: sets.filter((set) => !isNamed(set)),
      maps: maps.filter((map) => !isNamed(map)),
    },
    kept: {
      chains: chains
        .filter((chain) => !isGone(chain))
        .map((chain) => (isEmptied(chain) ? { ...chain, rules: [] } : chain)),
      sets: sets.filter(isNamed),
      maps: maps.filter(isNamed),
    },
  };
}

function unwanted<T extends { readonly name: string }>(
  present: readonly T[],
  wanted: readonly T[],
): T[] {
  const names = new Set<string>(wanted.map(({ name }) => name));
  return present.filter(({ name }) => !names.has(name));
}
