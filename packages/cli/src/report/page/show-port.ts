import type { EndpointExplanation, EndpointUse, PortExplanation } from '@kube-rules/core';
import { printEqualShare } from '../../output/print-equal-share.ts';
import { printRemarks } from '../../output/print-remarks.ts';
import { element, type Child } from './element.ts';
import { appendLazily } from './lazy-rows.ts';
import { createAddress, type AddressActions } from './show-address.ts';

const policies = ['cluster', 'local'] as const;
const titles = { cluster: 'policy Cluster', local: 'policy Local' };

/** A port of a Service: its endpoints with their shares and reasons, and the addresses that lead to it. */
export function createPort(port: PortExplanation, actions: AddressActions): HTMLElement {
  const { name, family, protocol, addresses, endpoints } = port;
  const [first] = addresses;
  return element(
    'section',
    { class: 'port' },
    element(
      'h3',
      {},
      name,
      ' ',
      element('span', { class: 'muted' }, `${first?.port}/${protocol}, ${family}`),
    ),
    createEndpoints(endpoints),
    printRemarks(port).map((remark) => element('p', { class: 'muted' }, remark)),
    element(
      'div',
      { class: 'addresses' },
      addresses.map((address) => createAddress(address, port, actions)),
    ),
  );
}

function createEndpoints(endpoints: readonly EndpointExplanation[]): Child {
  if (endpoints.length === 0) return element('p', { class: 'bad' }, 'No endpoints.');
  const shown = policies.filter((policy) => endpoints.some((one) => one[policy] !== undefined));
  const heads = ['Endpoint', 'Node', 'Slice', ...shown.map((policy) => titles[policy])];
  const body = element('tbody');
  const button = appendLazily(body, {
    rows: endpoints,
    create: (endpoint) => createEndpoint(endpoint, shown),
    noun: 'endpoint',
  });
  const table = element(
    'table',
    {},
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        heads.map((head) => element('th', { scope: 'col' }, head)),
      ),
    ),
    body,
  );
  return [
    element(
      'div',
      { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Endpoints' },
      table,
    ),
    button,
  ];
}

function createEndpoint(
  endpoint: EndpointExplanation,
  shown: readonly (typeof policies)[number][],
): HTMLElement {
  const { address, nodeName = '', isLocal, slice, replacedBy } = endpoint;
  const uses =
    replacedBy === undefined
      ? shown.map((policy) => createUse(endpoint[policy]))
      : [
          element(
            'td',
            { class: 'muted', colspan: shown.length || undefined },
            `listed again: ${replacedBy} is believed`,
          ),
        ];
  return element(
    'tr',
    {},
    element('td', {}, element('code', {}, address)),
    element('td', {}, nodeName, isLocal ? element('span', { class: 'tag' }, 'here') : undefined),
    element('td', { class: 'muted' }, slice),
    uses,
  );
}

function createUse(use: EndpointUse | undefined): HTMLElement {
  if (!use) return element('td');
  const isUsed = use.share > 0;
  return element(
    'td',
    { class: isUsed ? 'used' : 'unused' },
    element('strong', {}, isUsed ? printEqualShare(use) : 'left out'),
    ` ${use.reason}`,
  );
}
