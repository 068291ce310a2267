import type {
  AddressExplanation,
  Client,
  ClientExplanation,
  PortExplanation,
} from '@kube-rules/core';
import { groupClients } from '../../output/group-clients.ts';
import { printAddressName } from '../../output/print-address-name.ts';
import { element, type Child } from './element.ts';

export interface AddressActions {
  readonly nodeName: string;
  /** Of the node, in both families. */
  readonly nodeAddresses: readonly string[];
  /** Traces a packet to an address: `10.96.0.10:53/udp`. */
  readonly trace: (to: string) => void;
}

/** An address that leads to a port, what becomes of each client there, and a way to trace it. */
export function createAddress(
  address: AddressExplanation,
  servicePort: PortExplanation,
  actions: AddressActions,
): HTMLElement {
  return element(
    'section',
    { class: 'address' },
    element(
      'div',
      { class: 'address-head' },
      element('h4', {}, printAddressName(address)),
      createButton(address, servicePort, actions),
    ),
    element(
      'ul',
      { class: 'clients' },
      groupClients(address.clients).map((clients) => createClients(clients, actions.nodeName)),
    ),
  );
}

/** A node port is asked for at an address of the node, where one is known. */
function createButton(
  address: AddressExplanation,
  { family, protocol }: PortExplanation,
  { nodeAddresses, trace }: AddressActions,
): Child {
  const isOfFamily = (ip: string): boolean => ip.includes(':') === (family === 'IPv6');
  const ofNode = address.nodeAddresses ?? nodeAddresses;
  const ip = address.ip ?? ofNode.find(isOfFamily);
  if (ip === undefined) return undefined;
  const label = `Trace a packet to the ${printAddressName(address)}`;
  const button = element('button', { type: 'button', 'aria-label': label }, 'Trace');
  const host = ip.includes(':') ? `[${ip}]` : ip;
  button.addEventListener('click', () => trace(`${host}:${address.port}/${protocol}`));
  return button;
}

function createClients(clients: readonly ClientExplanation[], nodeName: string): Child {
  const [first] = clients;
  if (!first) return undefined;
  const { outcome, endpoints, keepsSource, why } = first;
  const names: Readonly<Record<Client, string>> = {
    pod: 'pods',
    node: nodeName,
    outside: 'outside',
  };
  const facts = [
    ...(endpoints === undefined
      ? []
      : [`endpoints of policy ${endpoints === 'local' ? 'Local' : 'Cluster'}`]),
    ...(keepsSource === undefined ? [] : [`source ${keepsSource ? 'kept' : 'masqueraded'}`]),
  ];
  return element(
    'li',
    {},
    element('span', { class: `badge ${outcome === 'delivered' ? 'good' : 'error'}` }, outcome),
    ' ',
    element('strong', {}, clients.map(({ client }) => names[client]).join(', ')),
    facts.length > 0 ? `: ${facts.join(', ')}` : undefined,
    element('span', { class: 'why' }, why),
  );
}
