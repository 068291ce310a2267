import { element, type Child } from './element.ts';
import { appendLazily } from './lazy-rows.ts';
import type { ShownChain, ShownRule } from './questions.ts';

/** Rules with their chains, sets and servers, and why each is there. */
export function createChains(chains: readonly ShownChain[]): Child {
  const place = element('div', { class: 'chains' });
  const button = appendLazily(place, { rows: chains, create: createChain, noun: 'chain' });
  return [place, button];
}

function createChain({ section, name, declaration, rules }: ShownChain): HTMLElement {
  const list = element('ol', { class: 'rules' });
  const button = appendLazily(list, { rows: rules, create: createRule, noun: 'rule' });
  const more = declaration === '' ? undefined : element('span', { class: 'muted' }, declaration);
  return element(
    'section',
    { class: 'chain' },
    element(
      'h4',
      {},
      element('span', { class: 'muted' }, `${section} `),
      element('code', {}, name),
      ' ',
      more,
    ),
    list,
    button,
  );
}

function createRule({ text, reason, owner }: ShownRule): HTMLElement {
  const why = [reason, owner].filter((one) => one !== '' && !owner.includes(`, ${one}`));
  return element(
    'li',
    {},
    element('code', {}, text),
    element('span', { class: 'why' }, [...new Set(why)].join(' · ')),
  );
}
