import type { Ask } from './connect-engine.ts';
import { element, replaceContent, type Child } from './element.ts';
import type { Answer, Kind, Overview, Question } from './questions.ts';
import type { Route } from './route.ts';

/** What a view is made of. */
export interface ViewContext {
  readonly ask: Ask;
  readonly overview: Overview;
  readonly route: Route;
  /** Goes to another place of the page. */
  readonly go: (to: Partial<Route>) => void;
}

/** Fills the main part of the page. */
export type View = (main: HTMLElement, context: ViewContext) => void;

interface Asking<K extends Kind> {
  readonly kind: K;
  readonly question: Question<K>;
  readonly show: (answer: Answer<K>) => Child;
}

/** A place for an answer that is still to come, or for why there is none. */
export function answerPlace<K extends Kind>(
  ask: Ask,
  { kind, question, show }: Asking<K>,
): HTMLElement {
  const place = element('div', { class: 'answer', 'aria-busy': 'true' });
  void fill(place, async () => show(await ask(kind, question)));
  return place;
}

async function fill(place: HTMLElement, make: () => Promise<Child>): Promise<void> {
  try {
    replaceContent(place, await make());
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    replaceContent(place, element('p', { class: 'problem', role: 'alert' }, message));
  }
  place.removeAttribute('aria-busy');
}
