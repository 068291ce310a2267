import { printShare, type TracedOutcome, type TracedStep } from '@kube-rules/core';
import { describeStep, nameRule } from '../../output/describe-step.ts';
import type { NodeOfEndpoint } from '../../output/endpoint-nodes.ts';
import { plainPalette } from '../../output/palette.ts';
import { printAnswer, printEndpoint } from '../../output/trace-answer.ts';
import { element, type Child } from './element.ts';
import { appendLazily } from './lazy-rows.ts';
import type { TraceAnswer } from './questions.ts';

/** First the answer in a sentence, then each outcome with its path. */
export function createTrace(
  { outcomes, nodes, home }: TraceAnswer,
  linkToNode: (node: string) => string,
): Child {
  const nodeOf: NodeOfEndpoint = (destination) => nodes[destination];
  const list = element('ol', { class: 'outcomes' });
  const button = appendLazily(list, {
    rows: outcomes,
    create: (outcome) => createOutcome(outcome, nodeOf, outcomes.length === 1),
    noun: 'outcome',
  });
  const answer = printAnswer(outcomes, nodeOf, plainPalette);
  return [
    element('p', { class: 'lead answer-line' }, `${answer}.`),
    home === undefined ? undefined : createHomeNote(home, linkToNode(home)),
    list,
    button,
  ];
}

function createHomeNote(home: string, href: string): HTMLElement {
  return element(
    'p',
    { class: 'note' },
    `The sender is a pod of ${home}, and its packets meet that node's rules: `,
    element('a', { href }, `trace on ${home}`),
    '.',
  );
}

const tones: Readonly<Record<TracedOutcome['verdict'], string>> = {
  delivered: 'good',
  accepted: 'good',
  rejected: 'error',
  dropped: 'error',
  unknown: 'warning',
};

function createOutcome(
  outcome: TracedOutcome,
  nodeOf: NodeOfEndpoint,
  isOpen: boolean,
): HTMLElement {
  const { probability, verdict, destination, source, masqueraded, path } = outcome;
  const bar = element('span', { class: 'bar', 'aria-hidden': 'true' });
  bar.style.setProperty('--share', String(probability));
  const seen = source === null ? '' : `seen as ${source}${masqueraded ? ', masqueraded' : ''}`;
  return element(
    'li',
    {
      'data-verdict': verdict,
      'data-destination': destination,
      'data-source': source ?? undefined,
      'data-probability': probability,
    },
    element(
      'details',
      { open: isOpen },
      element(
        'summary',
        {},
        element('span', { class: 'share' }, printShare(probability)),
        bar,
        element('span', { class: `badge ${tones[verdict]}` }, verdict),
        ' ',
        element('code', {}, printEndpoint(destination, nodeOf)),
        ' ',
        element('span', { class: 'muted' }, seen),
      ),
      element('ol', { class: 'steps' }, path.map(createStep)),
    ),
  );
}

function createStep(step: TracedStep): HTMLElement {
  const rule =
    step.kind === 'rule'
      ? [
          element('span', { class: 'where' }, `${step.hook}, ${nameRule(step)}`),
          element('code', {}, step.text),
        ]
      : undefined;
  return element('li', {}, describeStep(step), rule);
}
