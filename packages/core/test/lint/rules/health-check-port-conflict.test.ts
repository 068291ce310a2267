import { test } from 'vitest';
import { healthCheckPortConflict } from '../../../src/lint/rules/health-check-port-conflict.ts';
import { serviceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const loadBalancer = { type: 'LoadBalancer', externalTrafficPolicy: 'Local' };

test('each health check port and node port is different', () => {
  expectValid(healthCheckPortConflict, {
    services: [
      serviceInput({
        ...loadBalancer,
        healthCheckNodePort: 32_000,
        ports: [
          { port: 80, nodePort: 32_001 },
          { port: 53, name: 'dns', protocol: 'UDP', nodePort: 32_000 },
        ],
      }),
      serviceInput({
        ...loadBalancer,
        metadata: { name: 'svc2' },
        clusterIP: '172.30.0.42',
        healthCheckNodePort: 32_002,
      }),
    ],
  });
});

test('a number that nobody listens on, for policy Cluster', () => {
  expectValid(healthCheckPortConflict, {
    services: [
      serviceInput({ type: 'LoadBalancer', healthCheckNodePort: 32_000 }),
      serviceInput({
        ...loadBalancer,
        metadata: { name: 'svc2' },
        clusterIP: '172.30.0.42',
        healthCheckNodePort: 32_000,
      }),
    ],
  });
});

test('two Services have one health check port', () => {
  expectErrors(
    healthCheckPortConflict,
    {
      services: [
        serviceInput({ ...loadBalancer, healthCheckNodePort: 32_000 }),
        serviceInput({
          ...loadBalancer,
          metadata: { name: 'svc2' },
          clusterIP: '172.30.0.42',
          healthCheckNodePort: 32_000,
        }),
      ],
    },
    [
      [
        'Health check port 32000 is the health check port of Service ns1/svc1 as well: load balancers get no answer from kube-proxy there, or that of the other Service.',
        'Service ns1/svc2, spec.healthCheckNodePort',
        'Service ns1/svc1, spec.healthCheckNodePort',
      ],
    ],
  );
});

test('a node port of its own is in its way', () => {
  const ports = [{ port: 80, nodePort: 32_000 }];
  expectErrors(
    healthCheckPortConflict,
    { services: [serviceInput({ ...loadBalancer, healthCheckNodePort: 32_000, ports })] },
    [
      [
        'Health check port 32000 is a node port of Service ns1/svc1 as well: load balancers get no answer from kube-proxy there, or that of the other Service.',
        'Service ns1/svc1, spec.healthCheckNodePort',
        'Service ns1/svc1, spec.ports[0].nodePort',
      ],
    ],
  );
});
