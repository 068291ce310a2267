import { createAccount, type Account, type ServicePortCounters } from './account.ts';
import type { ProxyEvent, ServicePortOfEvent } from './proxy-event.ts';

/** The accounts of all service ports; that of one which is gone stays until its last connection ends. */
export interface Ledger {
  readonly open: (name: ServicePortOfEvent) => Account;
  readonly accounts: () => readonly Account[];
  /** Drops the accounts that have no connection and are none of these, nor that of the whole process. */
  readonly keepOnly: (names: readonly ServicePortOfEvent[]) => void;
  readonly read: () => readonly ServicePortCounters[];
}

export function createLedger(onEvent: (event: ProxyEvent) => void): Ledger {
  const accounts = new Map<string, Account>();
  return {
    open: ({ servicePort, protocol }) => {
      const key = keyOf({ servicePort, protocol });
      const account = accounts.get(key) ?? createAccount({ servicePort, protocol }, onEvent);
      accounts.set(key, account);
      return account;
    },
    accounts: () => [...accounts.values()],
    keepOnly: (names) => {
      const kept = new Set(names.map(keyOf));
      for (const [key, { open, name }] of accounts) {
        if (open.size > 0 || name.servicePort === '' || kept.has(key)) continue;
        accounts.delete(key);
      }
    },
    read: () => [...accounts.values()].map((account) => account.read()),
  };
}

function keyOf({ servicePort, protocol }: ServicePortOfEvent): string {
  return `${servicePort} ${protocol}`;
}
