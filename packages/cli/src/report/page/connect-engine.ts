import type { Answer, Kind, Question } from './questions.ts';

/** Asks core, which runs beside the page, so that the page never waits for it. */
export type Ask = <K extends Kind>(kind: K, question: Question<K>) => Promise<Answer<K>>;

/** Starts the engine's script in a worker, with the packed data of the report. */
export function connectEngine(script: string, data: string): Ask {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(url);
  const waiting = new Map<number, PromiseWithReaders>();
  worker.addEventListener('message', ({ data: { id, answer, problem } }) => {
    const readers = waiting.get(id);
    waiting.delete(id);
    if (problem === undefined) readers?.resolve(answer);
    else readers?.reject(new Error(problem));
  });
  worker.addEventListener('error', ({ message }) => {
    for (const { reject } of waiting.values()) reject(new Error(message));
    waiting.clear();
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  const send = (message: object): void => worker.postMessage(message);
  send({ data });
  let last = 0;
  return (kind, question) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      send({ id: last, kind, question });
    });
}

interface PromiseWithReaders {
  // oxlint-disable-next-line typescript/no-explicit-any -- the answer's type follows from the question's kind
  readonly resolve: (answer: any) => void;
  readonly reject: (error: Error) => void;
}
