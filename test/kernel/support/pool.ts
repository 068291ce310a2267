/** Gives each task an item of its own, in the order in which they ask; a task waits until one is free. */
export type Pool<T> = <R>(task: (item: T) => Promise<R>) => Promise<R>;

export function createPool<T>(items: readonly T[]): Pool<T> {
  const free = [...items];
  const waiting: ((item: T) => void)[] = [];
  const take = async (): Promise<T> =>
    free.pop() ?? (await new Promise<T>((resolve) => waiting.push(resolve)));
  const give = (item: T): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(item);
    else next(item);
  };
  return async (task) => {
    const item = await take();
    try {
      return await task(item);
    } finally {
      give(item);
    }
  };
}
