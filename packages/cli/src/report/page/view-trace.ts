import { element, replaceContent } from './element.ts';
import type { Flow } from './questions.ts';
import { modePhrases } from './mode-titles.ts';
import { printRoute } from './route.ts';
import { createTrace } from './show-trace.ts';
import { createTraceForm } from './trace-form.ts';
import { answerPlace, type View } from './view.ts';

/** A form for a packet, and what becomes of it. */
export const showTrace: View = (main, { ask, overview, route, go }) => {
  const { node, mode, from, to } = route;
  const place = element('div', { class: 'result', 'aria-live': 'polite' });
  const run = (flow: Flow): void =>
    replaceContent(
      place,
      answerPlace(ask, {
        kind: 'trace',
        question: { node, mode, flow },
        show: (answer) =>
          createTrace(answer, (home) => printRoute({ ...route, ...flow, node: home })),
      }),
    );
  const form = createTraceForm(
    { ask, node, services: overview.services, flow: { from, to }, complete: run },
    (flow) => {
      if (flow.from === from && flow.to === to) run(flow);
      else go({ ...flow });
    },
  );
  main.append(
    element('h2', {}, 'Trace a packet'),
    element(
      'p',
      { class: 'muted' },
      `The first packet of a connection, under the rules that kube-proxy programs on ${node} in ${modePhrases[mode]}. It is worked out in this page; nothing is sent.`,
    ),
    form,
    place,
  );
  if (from !== '' && to !== '') run({ from, to });
};
