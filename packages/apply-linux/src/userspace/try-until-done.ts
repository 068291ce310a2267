export interface Closable {
  readonly close: () => void;
}

export interface TryOptions<T> {
  readonly attempt: () => Promise<T>;
  readonly onDone: (opened: T) => void;
  readonly onFailure: (error: Error) => void;
  /** In ms, before the second attempt, the third, and so on; the last one stays. */
  readonly pauses: readonly number[];
}

export interface Trying {
  /** Fulfilled when the first attempt is over, however it ended. */
  readonly first: Promise<void>;
  /** Ends the attempts, and closes what one of them opened. */
  readonly stop: () => void;
}

/** Tries to open something again and again, until that goes well or is stopped. */
export function tryUntilDone<T extends Closable>(options: TryOptions<T>): Trying {
  const { attempt, onDone, onFailure, pauses } = options;
  let timer: NodeJS.Timeout | undefined;
  let opened: T | undefined;
  let stopped = false;

  async function run(failed: number): Promise<void> {
    try {
      opened = await attempt();
    } catch (error) {
      if (stopped) return;
      onFailure(error instanceof Error ? error : new Error(String(error)));
      timer = setTimeout(() => void run(failed + 1), pauses[failed] ?? pauses.at(-1) ?? 0);
      return;
    }
    if (stopped) opened.close();
    else onDone(opened);
  }

  return {
    first: run(0),
    stop: () => {
      if (stopped) return;
      stopped = true;
      clearTimeout(timer);
      opened?.close();
    },
  };
}
