import { count } from '../../output/count.ts';
import { element, replaceContent } from './element.ts';
import type { FoundRules } from './questions.ts';
import { createChains } from './show-chains.ts';
import { modePhrases } from './mode-titles.ts';
import { answerPlace, type View } from './view.ts';

/** As many are shown; words narrow them down. */
const most = 300;

/** Milliseconds after the last key. */
const pause = 150;

/** All rules of a node in a mode, filtered by words. */
export const showRules: View = (main, { ask, route }) => {
  const { node, mode } = route;
  const filter = element('input', {
    type: 'search',
    id: 'filter',
    placeholder: 'Chain, address, Service, reason',
    'aria-label': 'Filter rules',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const place = element('div');
  const show = (): void => {
    const question = { node, mode, words: filter.value, most };
    replaceContent(
      place,
      answerPlace(ask, { kind: 'rules', question, show: (found) => describe(found) }),
    );
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  filter.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(show, pause);
  });
  main.append(
    element('h2', {}, `Rules of ${node}`),
    element(
      'p',
      { class: 'muted' },
      `What kube-proxy programs in ${modePhrases[mode]}, in the normal form of each tool, and why each rule is there.`,
    ),
    element('div', { class: 'field' }, filter),
    place,
  );
  show();
};

function describe({
  total,
  chains,
}: FoundRules): readonly (HTMLElement | ReturnType<typeof createChains>)[] {
  const shown = total > most ? `; the first ${most} are shown, words narrow them down` : '';
  return [
    element('p', { class: 'muted', role: 'status' }, `${count(total, 'rule')}${shown}`),
    createChains(chains),
  ];
}
