import type { ReportFinding } from '../report-data.ts';
import { element, type Child } from './element.ts';
import { appendLazily } from './lazy-rows.ts';
import { printRoute, type Route } from './route.ts';

/** Findings, each with its place and lines of the input, and links to the Services that it names. */
export function createFindingsList(findings: readonly ReportFinding[], route: Route): Child {
  const list = element('ul', { class: 'findings' });
  const button = appendLazily(list, {
    rows: findings,
    create: (finding) => createFinding(finding, route),
    noun: 'finding',
  });
  return [list, button];
}

function createFinding(finding: ReportFinding, route: Route): HTMLElement {
  const { code, severity, message, details, services } = finding;
  const links = services
    .filter((service) => service !== route.service || route.view !== 'services')
    .map((service) =>
      element('a', { href: printRoute({ ...route, view: 'services', service }) }, service),
    );
  return element(
    'li',
    { class: severity },
    element(
      'p',
      {},
      element('span', { class: `badge ${severity}` }, severity),
      ' ',
      element('code', {}, code),
    ),
    element('p', {}, message),
    details === '' ? undefined : element('pre', { tabindex: 0 }, details),
    links.length > 0 ? element('p', { class: 'links' }, links) : undefined,
  );
}
