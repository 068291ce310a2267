import { expect, test } from 'vitest';
import { parseLeniently } from '../../src/schema/parse-leniently.ts';
import { serviceSchema } from '../../src/snapshot/service.ts';

test("fills in the API server's defaults", () => {
  const input = { metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } };
  expect(serviceSchema.parse(input)).toEqual({
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      type: 'ClusterIP',
      clusterIP: '',
      ports: [{ name: '', protocol: 'TCP', port: 80, nodePort: 0 }],
      sessionAffinity: 'None',
    },
  });
});

test('keeps what kube-proxy reads, and nothing else', () => {
  const read = {
    metadata: { name: 'web', namespace: 'shop', labels: { a: 'b' }, annotations: { c: 'd' } },
    spec: {
      type: 'LoadBalancer',
      clusterIP: '10.96.0.1',
      clusterIPs: ['10.96.0.1', 'fd00::1'],
      ipFamilies: ['IPv4', 'IPv6'],
      ports: [{ name: 'http', protocol: 'SCTP', port: 80, nodePort: 30_080 }],
      externalIPs: ['192.0.2.1'],
      loadBalancerSourceRanges: [' 203.0.113.0/24 '],
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 86_400 } },
      internalTrafficPolicy: 'Local',
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: 32_000,
    },
    status: { loadBalancer: { ingress: [{ ip: '198.51.100.1', ipMode: 'VIP' }, { ip: '' }] } },
  };
  const written = {
    ...read,
    metadata: { ...read.metadata, uid: 'x' },
    spec: { ...read.spec, selector: { app: 'web' }, trafficDistribution: 'PreferClose' },
  };
  expect(serviceSchema.parse(written)).toEqual(read);
});

test.for(['None', '', '10.96.0.1', 'fd00::1'])('takes %j as cluster IP', (clusterIP) => {
  const input = { metadata: { name: 'a' }, spec: { clusterIP, clusterIPs: [clusterIP] } };
  expect(serviceSchema.safeParse(input).success).toBe(true);
});

test.for<[unknown, string | undefined]>([
  ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
  [new Date('2026-01-01T00:00:00Z'), '2026-01-01T00:00:00.000Z'],
  [null, undefined],
  [5, undefined],
  ['yesterday', undefined],
  ['2026-13-01T00:00:00Z', undefined],
  [new Date(Number.NaN), undefined],
])('the time of creation %j becomes %j, and never takes the Service along', ([time, kept]) => {
  const metadata = { name: 'web', creationTimestamp: time };
  const { value, findings } = parseLeniently(serviceSchema, { metadata, spec: {} });
  expect(value?.metadata).toEqual({
    name: 'web',
    namespace: 'default',
    ...(kept !== undefined && { creationTimestamp: kept }),
  });
  expect(findings.map(({ code }) => code)).toEqual(
    kept === undefined && time !== null ? ['VALUE_INVALID'] : [],
  );
});
