import type { Family } from '../netaddr/family.ts';
import { joinHostPort } from '../netaddr/host-port.ts';
import { protocolName } from '../netaddr/protocol.ts';
import { serviceNameLabel, type EndpointSlice } from '../snapshot/endpoint-slice.ts';
import { compareText } from '../util/compare-text.ts';
import { groupBy } from '../util/group-by.ts';
import type { Behaviour } from './behaviour.ts';
import { headlessLabel, proxyNameLabel } from './labels.ts';
import type { Endpoint } from './endpoint.ts';
import type { ServicePort } from './service-port.ts';

export interface EndpointIndexOptions {
  readonly family: Family;
  readonly nodeName: string;
  readonly behaviour: Behaviour;
}

/** Finds the endpoints of a service port, sorted by their address text, each address once. */
export type EndpointIndex = (servicePort: ServicePort) => readonly Endpoint[];

export function indexEndpoints(
  slices: readonly EndpointSlice[],
  options: EndpointIndexOptions,
): EndpointIndex {
  const relevant = slices.filter(
    (slice) => slice.addressType === options.family && !isHidden(slice, options),
  );
  const byService = groupBy(
    relevant,
    ({ metadata: { namespace, labels } }) => `${namespace}/${labels?.[serviceNameLabel]}`,
  );
  for (const group of byService.values()) {
    if (group.length > 1) group.sort((a, b) => compareText(a.metadata.name, b.metadata.name));
  }
  return (servicePort) => {
    const group = byService.get(`${servicePort.namespace}/${servicePort.serviceName}`) ?? [];
    const endpoints = group.flatMap((slice) => endpointsOfSlice(slice, servicePort, options));
    return withoutDuplicates(endpoints, options.behaviour);
  };
}

/** An endpoint as one of the slices lists it. */
export interface ListedEndpoint {
  readonly endpoint: Endpoint;
  /** The name of the slice. */
  readonly slice: string;
  /** The slice whose endpoint of the same address is taken in its place; `undefined` if it is taken itself. */
  readonly replacedBy: string | undefined;
}

/** All that the slices list for a service port, sorted by address: what `indexEndpoints` takes, and what it does not. */
export function listEndpoints(
  slices: readonly EndpointSlice[],
  servicePort: ServicePort,
  options: EndpointIndexOptions,
): ListedEndpoint[] {
  const sliceOf = new Map<Endpoint, string>();
  const own = slices
    .filter(
      ({ metadata: { namespace, labels } }) =>
        namespace === servicePort.namespace &&
        labels?.[serviceNameLabel] === servicePort.serviceName,
    )
    .filter((slice) => slice.addressType === options.family && !isHidden(slice, options))
    .sort((a, b) => compareText(a.metadata.name, b.metadata.name));
  for (const slice of own) {
    for (const endpoint of endpointsOfSlice(slice, servicePort, options))
      sliceOf.set(endpoint, slice.metadata.name);
  }
  const taken = new Map(
    withoutDuplicates([...sliceOf.keys()], options.behaviour).map((one) => [one.address, one]),
  );
  return [...sliceOf]
    .map(([endpoint, slice]) => {
      const winner = taken.get(endpoint.address);
      const replacedBy = winner && winner !== endpoint ? sliceOf.get(winner) : undefined;
      return { endpoint, slice, replacedBy };
    })
    .sort((a, b) => compareText(a.endpoint.address, b.endpoint.address));
}

function isHidden(
  { metadata: { labels = {} } }: EndpointSlice,
  { behaviour }: EndpointIndexOptions,
): boolean {
  if (Object.hasOwn(labels, headlessLabel)) return true;
  return behaviour.proxyNameLabelHidesSlice && Object.hasOwn(labels, proxyNameLabel);
}

function endpointsOfSlice(
  { ports, endpoints }: EndpointSlice,
  { portName, protocol }: ServicePort,
  options: EndpointIndexOptions,
): Endpoint[] {
  const result: Endpoint[] = [];
  for (const port of ports) {
    if (port.port === undefined || port.name !== portName) continue;
    if (protocolName(port.protocol) !== protocol) continue;
    for (const candidate of endpoints) {
      const endpoint = createEndpoint(candidate, port.port, options);
      if (endpoint) result.push(endpoint);
    }
  }
  return result;
}

/** Sorts by address; of several endpoints with one address, the order of slices and within them decides. */
function withoutDuplicates(endpoints: Endpoint[], behaviour: Behaviour): Endpoint[] {
  endpoints.sort((a, b) => compareText(a.address, b.address));
  let last = -1;
  for (const endpoint of endpoints) {
    const held = endpoints[last];
    if (held?.address !== endpoint.address) endpoints[++last] = endpoint;
    else if (replaces(endpoint, held, behaviour)) endpoints[last] = endpoint;
  }
  endpoints.length = last + 1;
  return endpoints;
}

function replaces(later: Endpoint, held: Endpoint, behaviour: Behaviour): boolean {
  if (behaviour.localDuplicateWins) return later.isLocal;
  return !later.terminating || held.terminating;
}

const none: readonly string[] = [];
const unsetConditions: NonNullable<EndpointSlice['endpoints'][number]['conditions']> = {};

function createEndpoint(
  { addresses, conditions, nodeName, hints }: EndpointSlice['endpoints'][number],
  port: number,
  { nodeName: ours, behaviour }: EndpointIndexOptions,
): Endpoint | undefined {
  const ip = addresses[0];
  if (ip === undefined) return undefined;
  const { ready = true, serving = true, terminating = false } = conditions ?? unsetConditions;
  return {
    ip,
    port,
    address: joinHostPort(ip, port),
    nodeName,
    isLocal: nodeName === ours,
    ready,
    serving,
    terminating,
    zoneHints: behaviour.zoneHints ? namesOf(hints?.forZones) : none,
    nodeHints: behaviour.nodeHints ? namesOf(hints?.forNodes) : none,
  };
}

function namesOf(hints: readonly { readonly name: string }[] | undefined): readonly string[] {
  return hints === undefined ? none : hints.map(({ name }) => name);
}
