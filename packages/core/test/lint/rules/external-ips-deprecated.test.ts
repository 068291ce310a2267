import { test } from 'vitest';
import { externalIPsDeprecated } from '../../../src/lint/rules/external-ips-deprecated.ts';
import { serviceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

test('a Service without external IPs', () => {
  expectValid(externalIPsDeprecated, { services: [serviceInput({ externalIPs: [] })] });
});

test('a Service with one', () => {
  expectErrors(
    externalIPsDeprecated,
    { services: [serviceInput({ externalIPs: ['192.0.2.7'] })] },
    [
      [
        'spec.externalIPs is deprecated since Kubernetes 1.36; it is to be off by default from 1.40, and gone from kube-proxy in 1.43.',
        'Service ns1/svc1, spec.externalIPs',
      ],
    ],
  );
});
