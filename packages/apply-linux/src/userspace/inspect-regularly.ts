import type { Admission } from './admission.ts';
import type { Ledger } from './ledger.ts';

export interface InspectOptions {
  /** In milliseconds. */
  readonly interval: number;
  readonly ledger: Ledger;
  readonly admission: Admission;
}

export interface Inspection {
  /** Counts descriptors now, whatever the interval. */
  readonly recount: () => Promise<void>;
  readonly stop: () => void;
}

/** The trouble of the process as a whole goes to an account without a name. */
const wholeProcess = { servicePort: '', protocol: 'tcp' } as const;

/**
 * Looks now and then for what no event tells: connections that do not move, limits that are no longer reached,
 * and descriptors that others in this process use up. Node accepts and closes connections unheard then.
 */
export function inspectRegularly({ interval, ledger, admission }: InspectOptions): Inspection {
  async function recount(): Promise<void> {
    try {
      await admission.recount();
      if (!admission.isRelaxed()) return;
      for (const account of ledger.accounts()) {
        account.recover('connection_limit');
        account.recover('descriptor_limit');
      }
    } catch {
      ledger.open(wholeProcess).fail('descriptor_limit');
    }
  }
  const timer = setInterval(() => {
    for (const { open } of ledger.accounts()) for (const { inspect } of open) inspect?.();
    void recount();
  }, interval);
  timer.unref();
  return { recount, stop: () => clearInterval(timer) };
}
