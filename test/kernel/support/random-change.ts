import type { ModelCluster, ModelDetector, ModelEndpoint, ModelService } from './model-cluster.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';

/** One change of a cluster; `steady` Services are left alone. */
interface ChangeOptions {
  readonly random: Random;
  readonly steady: ReadonlySet<number>;
}

type ServiceChange = (service: ModelService, random: Random) => ModelService;

/** Changes of clusters keep at least this many Services. */
const FEWEST = 10;
const MOST = 20;

const PODS_NOT_THERE = 40;

const TIMEOUTS = [1, 600, 3600, 10_800] as const;

const RANGES = [
  '192.0.2.0/24',
  '192.0.2.64/26',
  '192.0.2.100/32',
  '10.0.0.0/8',
  '10.244.0.0/16',
  '0.0.0.0/0',
  '2001:db8:1::/64',
  '2001:db8:1::100/128',
  '::/0',
] as const;

const addEndpoint: ServiceChange = (service, random) => ({
  ...service,
  endpoints: [...service.endpoints, unusedEndpoint(service, random)],
});

const removeEndpoint: ServiceChange = (service, random) => {
  const gone = random.int(Math.max(1, service.endpoints.length));
  return { ...service, endpoints: service.endpoints.filter((_, index) => index !== gone) };
};

const SERVICE_CHANGES: readonly [ServiceChange, ...ServiceChange[]] = [
  addEndpoint,
  addEndpoint,
  addEndpoint,
  removeEndpoint,
  removeEndpoint,
  (service, random) => addEndpoint(removeEndpoint(service, random), random),
  (service, random) => addEndpoint(removeEndpoint(service, random), random),
  (service) => ({ ...service, endpoints: [] }),
  ({ affinity, ...service }, random) =>
    affinity === undefined ? { ...service, affinity: random.pick(TIMEOUTS) } : service,
  (service, random) =>
    service.affinity === undefined ? service : { ...service, affinity: random.pick(TIMEOUTS) },
  (service, random) => ({ ...service, externalPolicy: random.pick(['Cluster', 'Local']) }),
  (service, random) => ({ ...service, internalPolicy: random.pick(['Cluster', 'Local']) }),
  (service) => ({ ...service, hasNodePorts: service.hasNodePorts !== true }),
  ({ loadBalancer, ...service }, random) =>
    loadBalancer === undefined
      ? { ...service, loadBalancer: 1 + random.int(8), sourceRanges: someRanges(random) }
      : service,
  (service, random) => ({
    ...service,
    loadBalancer: service.loadBalancer ?? 1 + random.int(8),
    sourceRanges: someRanges(random),
  }),
  ({ externalIP, ...service }, random) =>
    externalIP === undefined ? { ...service, externalIP: 1 + random.int(4) } : service,
];

/** A cluster of so many Services. */
export function randomCluster(seed: number, services: number): ModelCluster {
  const random = createRandom(seed);
  let cluster: ModelCluster = { services: [], detector: 'ClusterCIDR', masqueradeAll: false };
  while (cluster.services.length < services) cluster = addService(cluster, random);
  return cluster;
}

/** A cluster of one Service whose endpoints are there. */
export function steadyCluster(id: number): ModelCluster {
  const steady = {
    id,
    protocols: ['TCP', 'UDP'],
    hasNodePorts: true,
    endpoints: ['p2', 'p3', 'q1'],
  } as const;
  return { services: [steady], detector: 'ClusterCIDR', masqueradeAll: false };
}

/** A service that the cluster does not have. */
export function addService({ services, ...cluster }: ModelCluster, random: Random): ModelCluster {
  const taken = new Set(services.map(({ id }) => id));
  let id = 1;
  while (taken.has(id)) id += 1;
  let service: ModelService = {
    id,
    protocols: random.pick([['TCP'], ['UDP'], ['TCP', 'UDP']]),
    endpoints: [],
  };
  for (let left = random.int(6); left > 0; left -= 1) service = addEndpoint(service, random);
  for (let left = random.int(4); left > 0; left -= 1) {
    service = random.pick(SERVICE_CHANGES)(service, random);
  }
  return { ...cluster, services: [...services, service] };
}

/** The cluster after one change, of a Service in most cases. */
export function changeCluster(cluster: ModelCluster, options: ChangeOptions): ModelCluster {
  const { random, steady } = options;
  const { services } = cluster;
  const [first, ...others] = services.filter(({ id }) => !steady.has(id));
  if (first === undefined) return addService(cluster, random);
  const chosen = random.pick([first, ...others]);
  const kind = random.int(20);
  if (kind === 0) return { ...cluster, masqueradeAll: !cluster.masqueradeAll };
  if (kind === 1) {
    const detector = random.pick<ModelDetector>([
      'ClusterCIDR',
      'NodeCIDR',
      'BridgeInterface',
      'InterfaceNamePrefix',
    ]);
    return { ...cluster, detector };
  }
  if (kind < 4 && services.length < MOST) return addService(cluster, random);
  if (kind < 6 && services.length > FEWEST) {
    return { ...cluster, services: services.filter((service) => service !== chosen) };
  }
  const changed = random.pick(SERVICE_CHANGES)(chosen, random);
  const next = {
    ...cluster,
    services: services.map((service) => (service === chosen ? changed : service)),
  };
  // Now and then several changes come at once.
  return random.int(6) === 0 ? changeCluster(next, options) : next;
}

function unusedEndpoint({ endpoints }: ModelService, random: Random): ModelEndpoint {
  const used = new Set(endpoints);
  let endpoint = random.int(PODS_NOT_THERE);
  while (used.has(endpoint)) endpoint = (endpoint + 1) % PODS_NOT_THERE;
  return endpoint;
}

function someRanges(random: Random): readonly string[] {
  return Array.from({ length: random.int(4) }, () => random.pick(RANGES));
}
