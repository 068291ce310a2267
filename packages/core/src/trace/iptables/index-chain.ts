import type { NormalChain, NormalRule } from '../../ruleset/iptables/index.ts';
import { printIP } from '../../netaddr/print-ip.ts';
import type { PacketState } from '../walk/packet.ts';

/** Rules of a long chain by what one of their matches asks for; the numbers are their places in the chain. */
export interface ChainIndex {
  readonly byDestination: ReadonlyMap<string, readonly number[]>;
  readonly byPort: ReadonlyMap<number, readonly number[]>;
  /** Those that ask for neither. */
  readonly others: readonly number[];
}

/** The index of a chain that is long, made when it is first asked for. */
export type FindIndex = (chain: NormalChain) => ChainIndex | undefined;

/** Shorter chains are walked rule by rule. */
const shortest = 32;

export function rememberIndexes(): FindIndex {
  const known = new Map<NormalChain, ChainIndex>();
  return (chain) => {
    if (chain.rules.length < shortest) return undefined;
    const index = known.get(chain) ?? indexChain(chain);
    known.set(chain, index);
    return index;
  };
}

function indexChain({ rules }: NormalChain): ChainIndex {
  const byDestination = new Map<string, number[]>();
  const byPort = new Map<number, number[]>();
  const others: number[] = [];
  for (const [index, rule] of rules.entries()) {
    const destination = destinationOf(rule);
    const port = destination === undefined ? portOf(rule) : undefined;
    if (destination !== undefined) add(byDestination, destination, index);
    else if (port === undefined) others.push(index);
    else add(byPort, port, index);
  }
  return { byDestination, byPort, others };
}

function add<Key>(lists: Map<Key, number[]>, key: Key, index: number): void {
  const list = lists.get(key);
  if (list) list.push(index);
  else lists.set(key, [index]);
}

/** The one address to which a rule applies. */
function destinationOf({ matches }: NormalRule): string | undefined {
  for (const match of matches) {
    if (match.kind !== 'destination' || match.inverted) continue;
    const { address, prefixLength } = match.cidr;
    if (prefixLength === address.length * 8) return printIP(address);
  }
  return undefined;
}

function portOf({ matches }: NormalRule): number | undefined {
  for (const match of matches)
    if (match.kind === 'destinationPort' && !match.inverted && match.first === match.last)
      return match.first;
  return undefined;
}

/** The places of the rules that a packet may meet, in their order; no other of the chain can apply to it. */
export function candidates(
  { byDestination, byPort, others }: ChainIndex,
  { destination: { text, port } }: PacketState,
): readonly number[] {
  const found = [
    ...(byDestination.get(text) ?? []),
    ...(port === undefined ? [] : (byPort.get(port) ?? [])),
    ...others,
  ];
  return found.sort((a, b) => a - b);
}
