import { count } from '../../output/count.ts';
import { element } from './element.ts';
import type { ServiceSummary } from './questions.ts';

export interface RowState {
  readonly row: number;
  readonly length: number;
  readonly isChosen: boolean;
  readonly isShown: boolean;
  readonly isWarned: boolean;
}

/** The `id` of a row, from 0; empty for none. */
export function idOfRow(row: number): string {
  return row < 0 ? '' : `service-${row}`;
}

/** A Service in the list box. */
export function createServiceRow(service: ServiceSummary, state: RowState): HTMLElement {
  const { name, type, clusterIP, endpoints } = service;
  const { row, length, isChosen, isShown, isWarned } = state;
  const warning = isWarned
    ? element('span', {
        class: 'dot',
        role: 'img',
        'aria-label': 'has warnings',
        title: 'has warnings',
      })
    : undefined;
  return element(
    'div',
    {
      id: idOfRow(row),
      class: isShown ? 'row shown' : 'row',
      role: 'option',
      'aria-posinset': row + 1,
      'aria-setsize': length,
      'aria-selected': String(isChosen),
    },
    element('span', { class: 'name' }, name, warning),
    element('span', { class: 'sub' }, `${type} ${clusterIP}`, ` · ${count(endpoints, 'endpoint')}`),
  );
}
