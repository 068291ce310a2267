import { readdir } from 'node:fs/promises';
import type { Account } from './account.ts';
import type { FailureReason } from './failure.ts';

/** Above this part of a limit, only service ports that hold less than their share get more. */
const freeForAll = 0.9;

/** Troubles of limits end when less than this part is used. */
const relaxed = 0.8;

export interface Limits {
  /** Of TCP connections and UDP sessions together. */
  readonly connections: number;
  /** What the process may have open: its RLIMIT_NOFILE. */
  readonly descriptors: number;
}

/** Lets connections in while there is room, and keeps the last tenth for those who have little. */
export interface Admission {
  /** Enters the connection, or says which limit is in its way. */
  readonly admit: (account: Account) => FailureReason | undefined;
  readonly release: (account: Account) => void;
  /** Between how many service ports the limits are shared. */
  readonly share: (holders: number) => void;
  readonly isRelaxed: () => boolean;
  /** Counts what else the process has open; rejects if there is no descriptor left to do so. */
  readonly recount: () => Promise<void>;
}

/** A TCP connection has a socket on each side; the sessions of a UDP port share one of them. */
const descriptorsOf = { tcp: 2, udp: 1 } as const;

export function createAdmission({ connections, descriptors }: Limits): Admission {
  const reserve = Math.min(64, Math.ceil(descriptors / 16));
  const held = new Map<Account, number>();
  let holders = 1;
  let open = 0;
  let ownDescriptors = 0;
  let otherDescriptors = 32;

  const descriptorRoom = (): number => descriptors - reserve - otherDescriptors;

  function count(account: Account, change: 1 | -1): void {
    const now = (held.get(account) ?? 0) + change;
    if (now === 0) held.delete(account);
    else held.set(account, now);
    open += change;
    ownDescriptors += change * descriptorsOf[account.name.protocol];
  }

  return {
    admit: (account) => {
      const cost = descriptorsOf[account.name.protocol];
      const own = (held.get(account) ?? 0) + 1;
      if (!fits(open + 1, connections, own * holders)) return 'connection_limit';
      if (!fits(ownDescriptors + cost, descriptorRoom(), own * cost * holders)) {
        return 'descriptor_limit';
      }
      count(account, 1);
      return undefined;
    },
    release: (account) => count(account, -1),
    share: (count) => void (holders = Math.max(count, 1)),
    isRelaxed: () => open <= connections * relaxed && ownDescriptors <= descriptorRoom() * relaxed,
    recount: async () => {
      const names = await readdir('/proc/self/fd');
      otherDescriptors = Math.max(names.length - ownDescriptors, 0);
    },
  };
}

/** `scaled` is what the one who asks would hold if all held as much. */
function fits(used: number, limit: number, scaled: number): boolean {
  return used <= limit * freeForAll || (used <= limit && scaled <= limit);
}
