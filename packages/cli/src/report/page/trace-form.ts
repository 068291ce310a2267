import type { Ask } from './connect-engine.ts';
import { element, replaceContent } from './element.ts';
import type { Flow, ServiceSummary } from './questions.ts';

interface TraceFormOptions {
  readonly ask: Ask;
  readonly node: string;
  readonly services: readonly ServiceSummary[];
  /** What the fields begin with. */
  readonly flow: Flow;
  /** Takes a packet that only lacked a sender: a pod of the node is taken for it. */
  readonly complete: (flow: Flow) => void;
}

/** As many Services are offered. */
const mostOffered = 500;

/** Asks for a packet's sender and destination, in the words of `kube-rules trace`. */
export function createTraceForm(
  { ask, node, services, flow, complete }: TraceFormOptions,
  submit: (flow: Flow) => void,
): HTMLElement {
  const pods = element('datalist', { id: 'senders' });
  const targets = element(
    'datalist',
    { id: 'targets' },
    services.slice(0, mostOffered).flatMap(offer),
  );
  const from = createField('from', 'senders', "a pod's address, node, or external:ADDRESS");
  const to = createField('to', 'targets', '10.96.0.10:53/udp');
  from.value = flow.from || 'node';
  to.value = flow.to;
  void offerSenders({ ask, node, pods }).then((first) => {
    if (flow.from !== '') return;
    from.value = first(flow.to);
    if (flow.to !== '') complete({ from: from.value, to: flow.to });
  });
  const form = element(
    'form',
    { class: 'trace' },
    element('label', {}, element('span', {}, 'From'), from),
    element('label', {}, element('span', {}, 'To'), to),
    element('button', { type: 'submit', class: 'primary' }, 'Trace'),
    pods,
    targets,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit({ from: from.value.trim(), to: to.value.trim() });
  });
  return form;
}

function createField(name: string, list: string, placeholder: string): HTMLInputElement {
  return element('input', {
    id: name,
    name,
    list,
    placeholder,
    required: true,
    autocomplete: 'off',
    spellcheck: 'false',
    autocapitalize: 'none',
  });
}

function offer({ name, targets }: ServiceSummary): readonly HTMLElement[] {
  return targets.map((value) => element('option', { value }, name));
}

interface SendersField {
  readonly ask: Ask;
  readonly node: string;
  readonly pods: HTMLElement;
}

/** Fills the list of senders, and says who may send to a destination: a pod of its family, else the node. */
async function offerSenders({
  ask,
  node,
  pods,
}: SendersField): Promise<(destination: string) => string> {
  const { pods: addresses } = await ask('senders', { node });
  replaceContent(
    pods,
    addresses.map((value) => element('option', { value }, `a pod on ${node}`)),
    element('option', { value: 'node' }, `${node} itself`),
    element('option', { value: 'external:198.51.100.7' }, 'somebody outside'),
  );
  return (destination) =>
    addresses.find((address) => address.includes(':') === destination.startsWith('[')) ?? 'node';
}
