import { count } from '../../output/count.ts';
import { element } from './element.ts';

interface LazyRowsOptions<Row> {
  readonly rows: readonly Row[];
  readonly create: (row: Row) => HTMLElement;
  /** What the rows are: `endpoint`. */
  readonly noun: string;
}

/** As many are made at a time. */
const portion = 100;

/** Puts rows into a parent, very many of them only when they are asked for; the button for that is returned, if there is one. */
export function appendLazily<Row>(
  parent: HTMLElement,
  { rows, create, noun }: LazyRowsOptions<Row>,
): HTMLElement | undefined {
  let made = 0;
  const more = (): void => {
    parent.append(...rows.slice(made, made + portion).map(create));
    made = Math.min(rows.length, made + portion);
  };
  more();
  if (made === rows.length) return undefined;
  const label = (): string => `Show more (${made} of ${count(rows.length, noun)})`;
  const button = element('button', { type: 'button', class: 'more' }, label());
  button.addEventListener('click', () => {
    more();
    button.textContent = label();
    if (made === rows.length) button.remove();
  });
  return button;
}
