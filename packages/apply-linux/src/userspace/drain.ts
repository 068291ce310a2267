import type { Ledger } from './ledger.ts';

export interface DrainOptions {
  /** In milliseconds from now: what lives then is cut. */
  readonly deadline: number;
  /** Cuts at once what lives then. */
  readonly signal?: AbortSignal;
}

export interface DrainResult {
  /** How many connections and sessions did not end by themselves. */
  readonly cut: number;
}

/** Waits until no connection lives, or cuts what is left at the deadline. */
export async function drain(
  ledger: Ledger,
  { deadline, signal }: DrainOptions,
): Promise<DrainResult> {
  const end = performance.now() + deadline;
  const isOver = (): boolean => signal?.aborted === true || performance.now() >= end;
  while (!isOver() && hasOpen(ledger)) {
    await pause(Math.min(20, deadline));
  }
  let cut = 0;
  for (const { open } of ledger.accounts()) {
    for (const carried of open) {
      cut += 1;
      carried.cut();
    }
  }
  while (hasOpen(ledger)) await pause(1);
  return { cut };
}

function hasOpen(ledger: Ledger): boolean {
  return ledger.accounts().some(({ open }) => open.size > 0);
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
