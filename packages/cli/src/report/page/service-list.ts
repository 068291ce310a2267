import { count } from '../../output/count.ts';
import { element, replaceContent } from './element.ts';
import { findingsIn } from './findings-in.ts';
import type { Overview, ServiceSummary } from './questions.ts';
import type { Route } from './route.ts';
import { searchServices } from './search-services.ts';
import { createServiceRow, idOfRow } from './service-row.ts';
import { createVirtualList, type VirtualList } from './virtual-list.ts';

export interface ServiceList {
  readonly element: HTMLElement;
  /** Marks the Service that is shown, and those with errors and warnings. */
  readonly show: (route: Route) => void;
  readonly focus: () => void;
}

interface ServiceListActions {
  readonly open: (service: string) => void;
  /** Escape in an empty search. */
  readonly leave: () => void;
}

/** As in page.css. */
const rowHeight = 52;

/** What the list shows; rows count from 0, and none is -1. */
interface ListState {
  found: readonly ServiceSummary[];
  chosen: number;
  shown: string;
  warned: ReadonlySet<string>;
}

/** The search and the Services that it finds. The search field keeps the focus, arrows choose in the list. */
export function createServiceList(overview: Overview, actions: ServiceListActions): ServiceList {
  const search = createSearch();
  const status = element('p', { class: 'found', role: 'status' });
  const state: ListState = { found: overview.services, chosen: -1, shown: '', warned: new Set() };
  const list = createVirtualList({ rowHeight, createRow: rowsOf(state) });
  const choose = (row: number): void => {
    state.chosen = Math.max(-1, Math.min(row, state.found.length - 1));
    search.setAttribute('aria-activedescendant', idOfRow(state.chosen));
    list.scrollTo(Math.max(0, state.chosen));
  };
  const open = (row: number): void => {
    choose(row);
    const service = state.found[state.chosen];
    if (service) actions.open(service.name);
  };
  const find = (): void => {
    state.found = searchServices(overview.services, search.value);
    replaceContent(status, describeFound(state.found.length, overview.services.length));
    list.show(state.found.length);
    choose(search.value.trim() === '' ? -1 : 0);
  };
  const escape = (): void => {
    if (search.value === '') return actions.leave();
    search.value = '';
    find();
  };
  const keys = keysOf({ state, choose, open, escape });
  search.addEventListener('input', find);
  search.addEventListener('keydown', (event) => {
    const act = event.isComposing ? undefined : keys.get(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  });
  listenToClicks(list, open);
  find();
  return {
    element: createSidebar(search, status, list),
    show: (route) => {
      state.shown = route.service;
      state.warned = warnedIn(overview, route);
      list.show(state.found.length);
    },
    focus: () => {
      search.focus();
      search.select();
    },
  };
}

function createSearch(): HTMLInputElement {
  return element('input', {
    id: 'search',
    type: 'search',
    role: 'combobox',
    placeholder: 'Name, address, port, endpoint',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-label': 'Search Services',
    'aria-expanded': 'true',
    'aria-controls': 'service-list',
    'aria-autocomplete': 'list',
    'aria-keyshortcuts': '/',
  });
}

function warnedIn({ findings }: Overview, route: Route): ReadonlySet<string> {
  const grave = findingsIn(findings, route).filter(({ severity }) => severity !== 'info');
  return new Set(grave.flatMap(({ services }) => services));
}

function rowsOf(state: ListState): (row: number) => HTMLElement {
  return (row) => {
    const service = state.found[row];
    if (!service) return element('div');
    return createServiceRow(service, {
      row,
      length: state.found.length,
      isChosen: row === state.chosen,
      isShown: service.name === state.shown,
      isWarned: state.warned.has(service.name),
    });
  };
}

interface Choosing {
  readonly state: ListState;
  readonly choose: (row: number) => void;
  readonly open: (row: number) => void;
  readonly escape: () => void;
}

const page = 10;

function keysOf({ state, choose, open, escape }: Choosing): ReadonlyMap<string, () => void> {
  return new Map([
    ['ArrowDown', () => choose(state.chosen + 1)],
    ['ArrowUp', () => choose(Math.max(0, state.chosen - 1))],
    ['PageDown', () => choose(state.chosen + page)],
    ['PageUp', () => choose(Math.max(0, state.chosen - page))],
    ['Enter', () => open(Math.max(0, state.chosen))],
    ['Escape', escape],
  ]);
}

/** Rows are made anew while the list scrolls, so the list itself listens. */
function listenToClicks({ element: box }: VirtualList, open: (row: number) => void): void {
  box.addEventListener('click', ({ target }) => {
    const row = target instanceof Element ? target.closest('[role=option]') : undefined;
    if (row) open(Number(row.getAttribute('aria-posinset')) - 1);
  });
}

function createSidebar(
  search: HTMLInputElement,
  status: HTMLElement,
  { element: box }: VirtualList,
): HTMLElement {
  box.id = 'service-list';
  box.setAttribute('role', 'listbox');
  box.setAttribute('aria-label', 'Services');
  const hints = [
    ['/', 'search'],
    ['↑↓', 'choose'],
    ['Enter', 'open'],
    ['Esc', 'clear'],
  ].map(([key = '', what = '']) => element('span', {}, element('kbd', {}, key), ` ${what}`));
  return element(
    'aside',
    { 'aria-label': 'Services' },
    element('div', { class: 'search' }, search),
    status,
    box,
    element('p', { class: 'hints' }, hints),
  );
}

function describeFound(found: number, all: number): string {
  if (found === all) return count(all, 'Service');
  return `${found.toLocaleString('en')} of ${count(all, 'Service')}`;
}
