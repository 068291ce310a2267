const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

export interface EndListener {
  readonly onFirst: () => void;
  readonly onSecond: () => void;
}

/** Hears of the first two wishes that this process should end; a third one ends it. Gives what stops that. */
export function listenForEnd({ onFirst, onSecond }: EndListener): () => void {
  let heard = 0;
  const stop = (): void => {
    for (const signal of signals) process.off(signal, hear);
  };
  const hear = (): void => {
    heard += 1;
    if (heard === 1) return onFirst();
    stop();
    onSecond();
  };
  for (const signal of signals) process.on(signal, hear);
  return stop;
}
