import type { Family } from '../netaddr/family.ts';
import { joinHostPort } from '../netaddr/host-port.ts';
import { protocolName } from '../netaddr/protocol.ts';
import { serviceNameLabel, type EndpointSlice } from '../snapshot/endpoint-slice.ts';
import { compareText } from '../util/compare-text.ts';
import { groupBy } from '../util/group-by.ts';
import type { Behaviour } from './behaviour.ts';
import type { Endpoint } from './endpoint.ts';
import type { ServicePort } from './service-port.ts';

const proxyNameLabel = 'service.kubernetes.io/service-proxy-name';
const headlessLabel = 'service.kubernetes.io/headless';

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
    const byAddress = new Map<string, Endpoint>();
    for (const slice of group) collectEndpoints(slice, servicePort, { ...options, byAddress });
    return [...byAddress.values()].sort((a, b) => compareText(a.address, b.address));
  };
}

function isHidden(
  { metadata: { labels = {} } }: EndpointSlice,
  { behaviour }: EndpointIndexOptions,
): boolean {
  if (Object.hasOwn(labels, headlessLabel)) return true;
  return behaviour.proxyNameLabelHidesSlice && Object.hasOwn(labels, proxyNameLabel);
}

interface Collection extends EndpointIndexOptions {
  readonly byAddress: Map<string, Endpoint>;
}

function collectEndpoints(
  slice: EndpointSlice,
  servicePort: ServicePort,
  collection: Collection,
): void {
  const { byAddress, behaviour } = collection;
  const numbers = slice.ports
    .filter(
      ({ name, protocol }) =>
        name === servicePort.portName && protocolName(protocol) === servicePort.protocol,
    )
    .flatMap(({ port }) => (port === undefined ? [] : [port]))
    .sort((a, b) => a - b);
  if (numbers.length === 0) return;
  const sorted = [...slice.endpoints].sort((a, b) =>
    compareText(a.addresses[0] ?? '', b.addresses[0] ?? ''),
  );
  for (const candidate of sorted) {
    for (const port of numbers) {
      const endpoint = createEndpoint(candidate, port, collection);
      if (!endpoint) continue;
      const held = byAddress.get(endpoint.address);
      if (!held || replaces(endpoint, held, behaviour)) byAddress.set(endpoint.address, endpoint);
    }
  }
}

function replaces(later: Endpoint, held: Endpoint, behaviour: Behaviour): boolean {
  if (behaviour.localDuplicateWins) return later.isLocal;
  return !later.terminating || held.terminating;
}

const none: readonly string[] = [];

function createEndpoint(
  { addresses, conditions, nodeName, hints }: EndpointSlice['endpoints'][number],
  port: number,
  { nodeName: ours, behaviour }: EndpointIndexOptions,
): Endpoint | undefined {
  const [ip] = addresses;
  if (ip === undefined) return undefined;
  return {
    ip,
    port,
    address: joinHostPort(ip, port),
    nodeName,
    isLocal: nodeName !== undefined && nodeName === ours,
    ...conditionsOf(conditions),
    zoneHints: behaviour.zoneHints ? namesOf(hints?.forZones) : none,
    nodeHints: behaviour.nodeHints ? namesOf(hints?.forNodes) : none,
  };
}

type Conditions = Pick<Endpoint, 'ready' | 'serving' | 'terminating'>;

function conditionsOf({
  ready = true,
  serving = true,
  terminating = false,
}: EndpointSlice['endpoints'][number]['conditions'] = {}): Conditions {
  return { ready, serving, terminating };
}

function namesOf(hints: readonly { readonly name: string }[] | undefined): readonly string[] {
  return hints === undefined ? none : hints.map(({ name }) => name);
}
