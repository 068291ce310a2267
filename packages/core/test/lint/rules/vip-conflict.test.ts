import { test } from 'vitest';
import { vipConflict } from '../../../src/lint/rules/vip-conflict.ts';
import { serviceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const other = { metadata: { name: 'svc2' }, clusterIP: '172.30.0.42' };

test('the same address with another port or protocol, or twice in one Service, is no conflict', () => {
  expectValid(vipConflict, {
    services: [
      serviceInput({ externalIPs: ['192.0.2.7'], ingress: [{ ip: '192.0.2.7' }] }),
      serviceInput({ ...other, externalIPs: ['192.0.2.7'], ports: [{ port: 81 }] }),
      serviceInput({
        metadata: { name: 'svc3' },
        clusterIP: '172.30.0.43',
        externalIPs: ['192.0.2.7'],
        ports: [{ port: 80, protocol: 'UDP' }],
      }),
    ],
  });
});

test("a load balancer's IP of ipMode Proxy is nobody's", () => {
  expectValid(vipConflict, {
    services: [
      serviceInput({ externalIPs: ['192.0.2.7'] }),
      serviceInput({ ...other, ingress: [{ ip: '192.0.2.7', ipMode: 'Proxy' }] }),
    ],
  });
});

test('two Services claim an external IP and port, one of them as a load balancer IP', () => {
  expectErrors(
    vipConflict,
    {
      services: [
        serviceInput({ externalIPs: ['192.0.2.6', '192.0.2.7'] }),
        serviceInput({ ...other, ingress: [{ ip: '192.0.2.7' }] }),
      ],
    },
    [
      [
        '192.0.2.7 80/tcp is already claimed by Service ns1/svc1; only one of them gets its traffic.',
        'Service ns1/svc2, status.loadBalancer.ingress[0]',
        'Service ns1/svc1, spec.externalIPs[1]',
      ],
    ],
  );
});

test('two Services have one cluster IP', () => {
  expectErrors(
    vipConflict,
    { services: [serviceInput(), serviceInput({ metadata: { name: 'svc2' } })] },
    [
      [
        '172.30.0.41 80/tcp is already claimed by Service ns1/svc1; only one of them gets its traffic.',
        'Service ns1/svc2, spec.clusterIP',
        'Service ns1/svc1, spec.clusterIP',
      ],
    ],
  );
});
