import type { Lines } from './lines.ts';

/** What each command of a process takes and gives back. */
export type CommandTable<C> = Readonly<Record<keyof C, { takes: object; gives: unknown }>>;

export type Request<C extends CommandTable<C>> = <N extends keyof C>(
  command: N,
  parameters: C[N]['takes'],
) => Promise<C[N]['gives']>;

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

interface Pending {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** Requests to a process that answers with support/agent/answer.mjs; `name` says in errors which process it is. */
export function openRequests<C extends CommandTable<C>>(lines: Lines, name: string): Request<C> {
  const pending = new Map<number, Pending>();
  let endReason: string | undefined;
  lines.receive(
    (line) => settle(pending, line, name),
    (reason) => {
      endReason = `${name} ended: ${reason}`;
      rejectAll(pending, endReason);
    },
  );
  let lastId = 0;
  return (command, parameters) =>
    new Promise((resolve, reject) => {
      if (endReason !== undefined) {
        reject(new Error(endReason));
        return;
      }
      lastId += 1;
      pending.set(lastId, { resolve, reject });
      lines.send(JSON.stringify({ ...parameters, id: lastId, command }));
    });
}

function settle(pending: Map<number, Pending>, line: string, name: string): void {
  const { id, result, error } = JSON.parse(line) as Answer;
  const waiting = pending.get(id);
  pending.delete(id);
  if (error === undefined) {
    waiting?.resolve(result as never);
  } else {
    waiting?.reject(new Error(`${name} failed: ${error}`));
  }
}

function rejectAll(pending: Map<number, Pending>, reason: string): void {
  for (const { reject } of pending.values()) {
    reject(new Error(reason));
  }
  pending.clear();
}
