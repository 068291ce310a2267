import type { Origin } from '../ruleset/origin.ts';
import type { GraphCollector } from './collect-graph.ts';
import type { RuleTarget } from './rule-target.ts';

/** Where rules are drawn, and which. */
export interface Drawing {
  readonly collector: GraphCollector;
  readonly isWanted: (servicePort: string) => boolean;
  /** The node of an endpoint, by `ip:port`. */
  readonly nodeOf: ReadonlyMap<string, string | undefined>;
}

interface Rule {
  readonly text: string;
  readonly origin?: Origin;
}

/** Where a rule stands and leads. */
export interface Way {
  /** Chains of both families have the same names. */
  readonly family: string;
  readonly chain: string;
  /** The address by which packets come, unless they come by the chain. */
  readonly entrance: string | undefined;
  readonly target: RuleTarget;
}

/** Adds a rule or an element of a Service that leads on: the chain or address where it stands, the edges, where they end. */
export function drawRule({ text, origin }: Rule, way: Way, drawing: Drawing): void {
  const { servicePort, reason = '' } = origin ?? {};
  const { family, chain, entrance, target } = way;
  const { chains, endpoints, refusal } = target;
  if (servicePort === undefined || !drawing.isWanted(servicePort)) return;
  if (chains.length + endpoints.length === 0 && refusal === undefined) return;
  const from =
    entrance === undefined
      ? drawChain(chain, { family, servicePort }, drawing)
      : drawAddress({ servicePort, entrance, reason }, drawing);
  const label = entrance === undefined || refusal !== undefined ? labelOf(reason, text) : {};
  const ends = [
    ...chains.map((name) => drawChain(name, { family, servicePort }, drawing)),
    ...endpoints.map((endpoint) => drawEndpoint(endpoint, servicePort, drawing)),
    ...(refusal === undefined ? [] : [drawRefusal(refusal, servicePort, drawing)]),
  ];
  for (const to of ends) drawing.collector.addEdge({ from, to, ...label });
}

function drawEndpoint(
  endpoint: string,
  servicePort: string,
  { collector, nodeOf }: Drawing,
): string {
  const id = `endpoint ${servicePort} ${endpoint}`;
  const nodeName = nodeOf.get(endpoint);
  const lines = [endpoint, ...(nodeName === undefined ? [] : [`[${nodeName}]`])];
  collector.addNode({ id, kind: 'endpoint', lines });
  return id;
}

function drawRefusal(refusal: string, servicePort: string, { collector }: Drawing): string {
  const id = `${refusal} ${servicePort}`;
  collector.addNode({ id, kind: 'refusal', lines: [refusal] });
  return id;
}

function drawChain(
  name: string,
  { family, servicePort }: { readonly family: string; readonly servicePort: string },
  { collector }: Drawing,
): string {
  const id = `chain ${family} ${name}`;
  const lines = name.includes(servicePort.replace(/:.*$/, '/')) ? [name] : [name, servicePort];
  collector.addNode({ id, kind: 'chain', lines });
  return id;
}

interface ServiceAddress {
  readonly servicePort: string;
  readonly entrance: string;
  readonly reason: string;
}

function drawAddress(
  { servicePort, entrance, reason }: ServiceAddress,
  { collector: { addNode, addEdge } }: Drawing,
): string {
  const service = `service ${servicePort}`;
  const id = `address ${servicePort} ${entrance}`;
  const kind = addressKinds.has(reason) ? [reason] : entrance.startsWith('*') ? ['node port'] : [];
  addNode({ id: service, kind: 'service', lines: [servicePort] });
  addNode({ id, kind: 'address', lines: [...kind, entrance] });
  addEdge({ from: service, to: id });
  return id;
}

const addressKinds: ReadonlySet<string> = new Set([
  'cluster IP',
  'external IP',
  'load balancer IP',
  'node port',
]);

/** What every way has says nothing. */
const plainReasons: ReadonlySet<string> = new Set(['load balancing', 'endpoint', 'cluster IP']);

function labelOf(reason: string, text: string): { readonly label?: string } {
  const [, not = '', source] = /(! )?-s (\S+) /.exec(text) ?? [];
  const from = source === undefined ? '' : ` from ${not && 'other than '}${source}`;
  return plainReasons.has(reason) ? {} : { label: `${reason}${from}` };
}
