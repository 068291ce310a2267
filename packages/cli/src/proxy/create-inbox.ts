/** Why the proxy has something to do. */
export type Reason = 'end' | 'changed' | 'time';

/** What came while something else was done waits, each of it once. */
export interface Inbox {
  readonly put: (reason: Reason) => void;
  /** The most urgent that came, or `time` after so many milliseconds. */
  readonly next: (milliseconds: number) => Promise<Reason>;
}

export function createInbox(): Inbox {
  const waiting = new Set<Reason>();
  let wake: (() => void) | undefined;

  function take(): Reason | undefined {
    for (const reason of ['end', 'changed', 'time'] as const)
      if (waiting.delete(reason)) return reason;
    return undefined;
  }

  return {
    put: (reason) => {
      waiting.add(reason);
      wake?.();
    },
    next: async (milliseconds) => {
      const reason = take();
      if (reason !== undefined) return reason;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        wake = resolve;
        timer = setTimeout(resolve, milliseconds);
      });
      clearTimeout(timer);
      return take() ?? 'time';
    },
  };
}
