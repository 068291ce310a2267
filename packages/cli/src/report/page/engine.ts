import { createAnswerers } from './create-answerers.ts';
import type { Answerers, Kind, Question } from './questions.ts';
import { unpackData } from './unpack-data.ts';

// The first message brings the data, each other one asks.
let answerers: Promise<Answerers> | undefined;

self.addEventListener('message', ({ data: message }) => {
  if (answerers === undefined) answerers = unpackData(message.data).then(createAnswerers);
  else void reply(message);
});

function send(message: object): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the page has started this worker
  self.postMessage(message);
}

interface Asked<K extends Kind> {
  readonly id: number;
  readonly kind: K;
  readonly question: Question<K>;
}

async function reply<K extends Kind>({ id, kind, question }: Asked<K>): Promise<void> {
  try {
    const known = await answerers;
    send({ id, answer: known?.[kind](question) });
  } catch (error) {
    send({ id, problem: error instanceof Error ? error.message : String(error) });
  }
}
