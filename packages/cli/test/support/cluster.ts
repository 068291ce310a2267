/** The repository's example, as every test names it: tests run in the repository's root. */
export const shop = 'examples/online-shop.yaml';

/** What node-a of the example has, with three faults. */
export const shopDump = 'examples/dump-of-node-a';

export const documentNames: readonly string[] = ['ipv4', 'ipv6'].flatMap((family) =>
  ['iptables', 'jumps', 'sysctl'].map((document) => `${family}.${document}`),
);

/** Endpoints of each Service, by `namespace/name`; every Service has the port `http`. */
export type Cluster = Readonly<Record<string, readonly string[]>>;

export const web: Cluster = {
  'prod/web': ['10.244.1.5', '10.244.2.6'],
  'prod/cart': ['10.244.1.7'],
};

/** A JSON snapshot of node-a. The addresses of a Service follow from its place in `all`. */
export function clusterText(
  cluster: Cluster,
  all: readonly string[] = Object.keys(cluster),
): string {
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-a' } };
  const objects = Object.entries(cluster).flatMap(([owner, endpoints]) => {
    const [namespace = '', name = ''] = owner.split('/');
    const index = all.indexOf(owner);
    return [serviceObject({ namespace, name, index }), sliceObject(namespace, name, endpoints)];
  });
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [node, ...objects] });
}

/** A cluster of many Services, with endpoints `10.<net>.…`. */
export function largeCluster(services: number, net: number): Cluster {
  return Object.fromEntries(
    Array.from({ length: services }, (_, index) => [
      `prod/s${index}`,
      [1, 2].map((one) => `10.${net + one}.${index >> 8}.${index & 255}`),
    ]),
  );
}

interface ServiceName {
  readonly namespace: string;
  readonly name: string;
  readonly index: number;
}

function serviceObject({ namespace, name, index }: ServiceName): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace, name },
    spec: {
      clusterIP: `10.96.${index >> 8}.${index & 255}`,
      ports: [{ name: 'http', port: 80, targetPort: 8080 }],
    },
  };
}

function sliceObject(namespace: string, name: string, endpoints: readonly string[]): object {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { namespace, name: `${name}-a`, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    ports: [{ name: 'http', port: 8080 }],
    endpoints: endpoints.map((address) => ({
      addresses: [address],
      nodeName: address.startsWith('10.244.1.') ? 'node-a' : 'node-b',
    })),
  };
}
