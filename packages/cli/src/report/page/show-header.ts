import { count } from '../../output/count.ts';
import { element, replaceContent } from './element.ts';
import { findingsIn } from './findings-in.ts';
import { modeTitles } from './mode-titles.ts';
import type { Overview } from './questions.ts';
import { printRoute, shownModes, viewNames, type Route, type ViewName } from './route.ts';

export interface Header {
  readonly element: HTMLElement;
  readonly show: (route: Route) => void;
}

const titles: Readonly<Record<ViewName, string>> = {
  services: 'Services',
  trace: 'Trace',
  rules: 'Rules',
  findings: 'Findings',
};

/** The views, and what the whole page is about: a node and a mode. */
export function createHeader(overview: Overview, go: (to: Partial<Route>) => void): Header {
  const { nodes, services, release, version, findings } = overview;
  const number = element('span', { class: 'count' });
  const links = viewNames.map((view) => ({
    view,
    link: element('a', {}, titles[view], view === 'findings' ? number : undefined),
  }));
  const { node, mode } = createSituation(overview, go);
  const about = `${count(services.length, 'service')}, ${count(nodes.length, 'node')}, kube-proxy ${release}`;
  const title = element('h1', { title: `kube-rules ${version}` }, 'kube-rules report');
  return {
    element: element(
      'header',
      {},
      element('div', { class: 'title' }, title, element('p', {}, about)),
      element('nav', { 'aria-label': 'Views' }, ...links.map(({ link }) => link)),
      element(
        'div',
        { class: 'situation' },
        element('label', {}, element('span', {}, 'Node'), node),
        element('label', {}, element('span', {}, 'Mode'), mode),
      ),
    ),
    show: (route) => {
      replaceContent(number, String(findingsIn(findings, route).length));
      node.value = route.node;
      mode.value = route.mode;
      for (const { view, link } of links) {
        link.setAttribute('href', printRoute({ ...route, view }));
        if (view === route.view) link.setAttribute('aria-current', 'page');
        else link.removeAttribute('aria-current');
      }
    },
  };
}

interface Situation {
  readonly node: HTMLSelectElement;
  readonly mode: HTMLSelectElement;
}

function createSituation({ nodes }: Overview, go: (to: Partial<Route>) => void): Situation {
  const node = createSelect(
    'node',
    nodes.map(({ name }) => [name, name]),
  );
  const mode = createSelect(
    'mode',
    shownModes.map((name) => [name, modeTitles[name]]),
  );
  node.addEventListener('change', () => go({ node: node.value }));
  mode.addEventListener('change', () =>
    go({ mode: shownModes.find((name) => name === mode.value) ?? 'iptables' }),
  );
  return { node, mode };
}

function createSelect(
  id: string,
  options: readonly (readonly [value: string, title: string])[],
): HTMLSelectElement {
  return element(
    'select',
    { id, name: id },
    ...options.map(([value, title]) => element('option', { value }, title)),
  );
}
