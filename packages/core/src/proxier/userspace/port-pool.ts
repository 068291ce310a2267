import type { PortRange } from '../../config/port-range.ts';

/** Ports of a range that are handed out once. */
export interface PortPool {
  /** Whether nobody has the port; ports outside of the range count too. */
  readonly isFree: (port: number) => boolean;
  /** Takes a port, whether it is in the range or not. */
  readonly take: (port: number) => void;
  /** Takes the next free port of the range at or behind the place that `hash` stands for, round the end; `undefined` if there is none. */
  readonly allot: (hash: number) => number | undefined;
}

export function createPortPool({ first, last }: PortRange): PortPool {
  /** Of a port that is taken, one behind it before which none is free. */
  const next = new Map<number, number>();
  const take = (port: number): void => {
    if (!next.has(port)) next.set(port, port + 1);
  };
  const freeFrom = (start: number): number => {
    let free = start;
    for (let at = next.get(free); at !== undefined; at = next.get(free)) free = at;
    // What was walked once is passed in one step from then on: a full range costs no more than an empty one.
    for (let at = start; at < free;) {
      const after = next.get(at) ?? free;
      next.set(at, free);
      at = after;
    }
    return free;
  };
  return {
    isFree: (port) => !next.has(port),
    take,
    allot: (hash) => {
      const behind = freeFrom(first + (hash % (last - first + 1)));
      const free = behind <= last ? behind : freeFrom(first);
      if (free > last) return undefined;
      take(free);
      return free;
    },
  };
}
