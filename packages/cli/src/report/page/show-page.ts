import type { Ask } from './connect-engine.ts';
import { element, replaceContent } from './element.ts';
import type { Overview } from './questions.ts';
import { parseRoute, printRoute, type Route, type ViewName } from './route.ts';
import { createServiceList, type ServiceList } from './service-list.ts';
import { createHeader } from './show-header.ts';
import { showFindings } from './view-findings.ts';
import { showRules } from './view-rules.ts';
import { showServices } from './view-services.ts';
import { showTrace } from './view-trace.ts';
import type { View } from './view.ts';

const views: Readonly<Record<ViewName, View>> = {
  services: showServices,
  trace: showTrace,
  rules: showRules,
  findings: showFindings,
};

/** Builds the page: what stays, and the view that the address asks for. */
export function showPage(body: HTMLElement, overview: Overview, ask: Ask): void {
  const { nodeName: node, mode } = overview;
  const first: Route = { view: 'services', node, mode, service: '', from: '', to: '' };
  const current = (): Route => parseRoute(location.hash, first);
  const go = (to: Partial<Route>): void => {
    location.hash = printRoute({ ...current(), ...to });
  };
  const main = element('main', { id: 'main', tabindex: -1 });
  const header = createHeader(overview, go);
  const list = createServiceList(overview, {
    open: (service) => go({ view: 'services', service }),
    leave: () => main.focus(),
  });
  const show = (): void => {
    const route = current();
    header.show(route);
    list.show(route);
    document.title = titleOf(route);
    replaceContent(main);
    main.scrollTop = 0;
    views[route.view](main, { ask, overview, route, go });
  };
  const columns = element('div', { class: 'columns' }, list.element, main);
  body.append(createSkipLink(main), header.element, columns);
  listen(list, show);
  show();
}

function titleOf({ view, service }: Route): string {
  const what = view === 'services' ? service : view;
  return what === '' ? 'kube-rules report' : `${what} - kube-rules report`;
}

function createSkipLink(main: HTMLElement): HTMLElement {
  const link = element('a', { href: '#main', class: 'skip' }, 'Skip to the content');
  link.addEventListener('click', (event) => {
    event.preventDefault();
    main.focus();
  });
  return link;
}

function listen(list: ServiceList, show: () => void): void {
  addEventListener('hashchange', show);
  addEventListener('keydown', (event) => {
    if (!isSearchKey(event)) return;
    event.preventDefault();
    list.focus();
  });
}

/** `/` and Escape lead to the search from anywhere outside of fields. */
function isSearchKey({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey || (key !== '/' && key !== 'Escape')) return false;
  return !(target instanceof HTMLInputElement || target instanceof HTMLSelectElement);
}
