import { parseSnapshot, type TracedOutcome } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { missedService } from '../../src/input/missed-service.ts';

const { snapshot } = parseSnapshot(`
apiVersion: v1
kind: Service
metadata: { name: web, namespace: prod }
spec:
  type: LoadBalancer
  clusterIP: 10.96.0.10
  externalIPs: [198.51.100.50]
  ports: [{ port: 80 }]
status: { loadBalancer: { ingress: [{ ip: 203.0.113.7 }, { ip: 203.0.113.8, ipMode: Proxy }] } }
`);

const sentOn: TracedOutcome = {
  probability: 1,
  verdict: 'accepted',
  to: 'network',
  destination: '',
  source: '10.244.1.5',
  masqueraded: false,
  path: [],
};

test.for([
  ['10.96.0.10', 'prod/web'],
  ['198.51.100.50', 'prod/web'],
  ['203.0.113.7', 'prod/web'],
  ['203.0.113.8', undefined],
  ['10.96.0.11', undefined],
] as const)('sent on to %s: %s', ([address, service]) => {
  expect(missedService([sentOn], address, snapshot)).toBe(service);
});

test('what a Service or the node takes is not missed, nor is anything known without a snapshot', () => {
  expect(
    missedService([{ ...sentOn, verdict: 'delivered' }], '10.96.0.10', snapshot),
  ).toBeUndefined();
  expect(missedService([{ ...sentOn, to: 'node' }], '10.96.0.10', snapshot)).toBeUndefined();
  expect(missedService([sentOn], '10.96.0.10', undefined)).toBeUndefined();
});
