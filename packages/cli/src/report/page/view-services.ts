import type { ServiceExplanation } from '@kube-rules/core';
import { count } from '../../output/count.ts';
import { countUsedEndpoints } from '../../output/count-used-endpoints.ts';
import { printHealthCheck } from '../../output/print-health-check.ts';
import { element, type Child } from './element.ts';
import { findingsIn } from './findings-in.ts';
import { modePhrases } from './mode-titles.ts';
import type { FoundRules } from './questions.ts';
import { createChains } from './show-chains.ts';
import { createFindingsList } from './show-findings-list.ts';
import { createPort } from './show-port.ts';
import { answerPlace, type View, type ViewContext } from './view.ts';

/** One Service on a node: who serves it and why, what leads to it, its rules; without one, how to begin. */
export const showServices: View = (main, context) => {
  const { ask, route } = context;
  const { node, mode, service: name } = route;
  if (name === '') return main.append(...createWelcome(context));
  const question = { node, mode, name };
  main.append(
    element('h2', {}, name),
    answerPlace(ask, {
      kind: 'explain',
      question,
      show: (explanation) => describe(explanation, context),
    }),
    ...createOwnFindings(context),
    element('h3', {}, `Rules in ${modePhrases[mode]}`),
    answerPlace(ask, { kind: 'serviceRules', question, show: describeRules }),
  );
};

function describe(explanation: ServiceExplanation, { route, overview, go }: ViewContext): Child {
  const { nodeName, notServed, ports, healthChecks } = explanation;
  if (notServed !== undefined)
    return element(
      'p',
      { class: 'lead' },
      `On ${nodeName} kube-proxy does nothing for it; ${notServed}.`,
    );
  const nodeAddresses = overview.nodes.find(({ name }) => name === route.node)?.addresses ?? [];
  return [
    element(
      'p',
      { class: 'lead' },
      `On ${nodeName}, in ${modePhrases[route.mode]}: ${countUsedEndpoints(ports)}.`,
    ),
    ports.map((port) =>
      createPort(port, {
        nodeName,
        nodeAddresses,
        trace: (to) => go({ view: 'trace', from: '', to }),
      }),
    ),
    healthChecks.map((check) => element('p', {}, printHealthCheck(check))),
  ];
}

function createOwnFindings({ overview, route }: ViewContext): readonly Node[] {
  const own = findingsIn(overview.findings, route).filter(({ services }) =>
    services.includes(route.service),
  );
  if (own.length === 0) return [];
  return [element('h3', {}, 'Findings'), element('div', {}, createFindingsList(own, route))];
}

function describeRules({ total, chains }: FoundRules): Child {
  if (total === 0) return element('p', { class: 'muted' }, 'There are none for this Service.');
  return [element('p', { class: 'muted' }, count(total, 'rule')), createChains(chains)];
}

function createWelcome({ overview, route }: ViewContext): readonly Node[] {
  const found = findingsIn(overview.findings, route);
  const grave = found.filter(({ severity }) => severity !== 'info');
  return [
    element('h2', {}, 'Where does the traffic go?'),
    element(
      'p',
      { class: 'lead' },
      'Choose a Service on the left: it is found by its name, any of its addresses and ports, or an endpoint.',
    ),
    element(
      'p',
      {},
      'Trace takes a packet through the rules, Rules shows all that kube-proxy programs on the node, Findings what lint says. Node and mode above hold for everything.',
    ),
    ...(found.length === 0
      ? [element('p', { class: 'muted' }, 'lint finds nothing in this mode.')]
      : [
          element(
            'h3',
            {},
            grave.length > 0 ? 'Errors and warnings' : 'Nothing worse than hints was found',
          ),
          element('div', {}, createFindingsList(grave, route)),
        ]),
  ];
}
