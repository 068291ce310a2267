import { count } from '../../output/count.ts';
import { element, replaceContent } from './element.ts';
import { findingsIn } from './findings-in.ts';
import { modePhrases } from './mode-titles.ts';
import { createFindingsList } from './show-findings-list.ts';
import type { View } from './view.ts';

/** What lint finds, filtered by words. */
export const showFindings: View = (main, { overview, route }) => {
  const all = findingsIn(overview.findings, route);
  const filter = element('input', {
    type: 'search',
    id: 'filter',
    placeholder: 'Code, Service, severity',
    'aria-label': 'Filter findings',
    autocomplete: 'off',
  });
  const status = element('p', { class: 'muted', role: 'status' });
  const place = element('div');
  const show = (): void => {
    const words = filter.value.toLowerCase().split(/\s+/);
    const found = all.filter(({ code, severity, message, services }) => {
      const text = `${code} ${severity} ${message} ${services.join(' ')}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    const other = overview.findings.length - all.length;
    const others = other > 0 ? ` ${other} more hold in other modes only.` : '';
    replaceContent(
      status,
      `${count(found.length, 'finding')} in ${modePhrases[route.mode]}.${others}`,
    );
    replaceContent(place, createFindingsList(found, route));
  };
  filter.addEventListener('input', show);
  main.append(
    element('h2', {}, 'Findings'),
    element(
      'p',
      { class: 'muted' },
      'What kube-rules lint says of this cluster. The page docs/diagnostics/CODE.md of kube-rules tells of each code what it means and how to fix it.',
    ),
    element('div', { class: 'field' }, filter),
    status,
    place,
  );
  show();
};
