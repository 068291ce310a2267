import { readFileSync } from 'node:fs';
import { EXTERNAL_IPS, EXTERNAL_PORTS } from './userspace-behaviours.ts';

const PACKETS = readFileSync(new URL('../packets.yaml', import.meta.url), 'utf8');

/** A dual-stack Service with its endpoints at the pods' usual ports. */
interface AddedService {
  readonly name: string;
  /** The last part of its cluster IPs. */
  readonly id: number;
  readonly endpoints: Readonly<Record<'IPv4' | 'IPv6', readonly string[]>>;
  readonly ports?: Readonly<Record<'tcp' | 'udp', number>>;
  readonly externalIPs?: readonly string[];
}

const OUTER: AddedService = {
  name: 'outer',
  id: 20,
  ports: EXTERNAL_PORTS,
  externalIPs: Object.values(EXTERNAL_IPS).flatMap(({ foreign, own }) => [foreign, own]),
  endpoints: {
    IPv4: ['10.244.1.12', '10.244.2.11'],
    IPv6: ['fd00:10:244:1::12', 'fd00:10:244:2::11'],
  },
};

/** Its endpoints are p2 and p3, of which one is to die. */
export const FAILING: AddedService = {
  name: 'failing',
  id: 21,
  endpoints: {
    IPv4: ['10.244.1.12', '10.244.1.13'],
    IPv6: ['fd00:10:244:1::12', 'fd00:10:244:1::13'],
  },
};

/** It comes later. */
export const LATE: AddedService = { ...FAILING, name: 'late', id: 22 };

/** packets.yaml in userspace mode, with these Services and `outer`. */
export function userspaceSnapshot(...services: readonly AddedService[]): string {
  const documents = [OUTER, ...services].flatMap(documentsOf);
  return [PACKETS.replace('mode: iptables', 'mode: userspace'), ...documents].join('---\n');
}

function documentsOf({
  name,
  id,
  endpoints,
  ports = { tcp: 80, udp: 53 },
  externalIPs = [],
}: AddedService): string[] {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default' },
    spec: {
      clusterIP: `10.96.0.${id}`,
      clusterIPs: [`10.96.0.${id}`, `fd00:10:96::${id}`],
      ipFamilies: ['IPv4', 'IPv6'],
      ipFamilyPolicy: 'RequireDualStack',
      externalIPs,
      ports: [
        { name: 'tcp', protocol: 'TCP', port: ports.tcp, targetPort: 8080 },
        { name: 'udp', protocol: 'UDP', port: ports.udp, targetPort: 53 },
      ],
    },
  };
  const slices = (['IPv4', 'IPv6'] as const).map((family) => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${name}-${family.toLowerCase()}`,
      namespace: 'default',
      labels: { 'kubernetes.io/service-name': name },
    },
    addressType: family,
    ports: [
      { name: 'tcp', protocol: 'TCP', port: 8080 },
      { name: 'udp', protocol: 'UDP', port: 53 },
    ],
    endpoints: endpoints[family].map((address) => ({ addresses: [address] })),
  }));
  return [service, ...slices].map((document) => `${JSON.stringify(document)}\n`);
}
