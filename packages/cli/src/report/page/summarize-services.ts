import type { EndpointSlice, Service, Snapshot } from '@kube-rules/core';
import type { ServiceSummary } from './questions.ts';

const serviceNameLabel = 'kubernetes.io/service-name';

/** All Services by name, with what they can be found by. */
export function summarizeServices({
  services,
  endpointSlices,
}: Snapshot): readonly ServiceSummary[] {
  const slicesOf = new Map<string, EndpointSlice[]>();
  for (const slice of endpointSlices) {
    const { namespace, labels } = slice.metadata;
    const name = `${namespace}/${labels?.[serviceNameLabel]}`;
    const known = slicesOf.get(name);
    if (known) known.push(slice);
    else slicesOf.set(name, [slice]);
  }
  return services
    .map((service) => {
      const { namespace, name } = service.metadata;
      const qualified = `${namespace}/${name}`;
      return summarize(qualified, service, slicesOf.get(qualified) ?? []);
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function summarize(
  name: string,
  service: Service,
  slices: readonly EndpointSlice[],
): ServiceSummary {
  const { spec } = service;
  const addresses = slices.flatMap(({ endpoints }) => endpoints.flatMap((one) => one.addresses));
  const words = [...wordsOf(service), ...new Set(addresses)];
  return {
    name,
    type: spec.type,
    clusterIP: spec.clusterIP,
    targets: targetsOf(service),
    endpoints: new Set(addresses).size,
    words: words.join(' ').toLowerCase(),
  };
}

function wordsOf({ spec, status }: Service): string[] {
  const { clusterIP, clusterIPs = [], externalIPs = [], ports, type } = spec;
  const ingress = status?.loadBalancer?.ingress ?? [];
  return [
    type,
    ...new Set([clusterIP, ...clusterIPs]),
    ...externalIPs,
    ...ingress.map(({ ip = '' }) => ip),
    ...ports.map(({ name, protocol, port, nodePort }) =>
      `${name} ${port}/${protocol} ${nodePort || ''}`.trim(),
    ),
  ].filter((word) => word !== '');
}

function targetsOf({ spec: { clusterIP, ports } }: Service): string[] {
  if (clusterIP === '' || clusterIP === 'None') return [];
  const host = clusterIP.includes(':') ? `[${clusterIP}]` : clusterIP;
  return ports.map(({ port, protocol }) => `${host}:${port}/${protocol.toLowerCase()}`);
}
