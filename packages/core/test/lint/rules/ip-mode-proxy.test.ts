import { test } from 'vitest';
import { ipModeProxy } from '../../../src/lint/rules/ip-mode-proxy.ts';
import { serviceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

test('ipMode VIP, or none', () => {
  const ingress = [{ ip: '192.0.2.7' }, { ip: '192.0.2.8', ipMode: 'VIP' }];
  expectValid(ipModeProxy, { services: [serviceInput({ type: 'LoadBalancer', ingress })] });
});

test('ipMode Proxy', () => {
  const ingress = [{ ip: '192.0.2.7' }, { ip: '192.0.2.8', ipMode: 'Proxy' }];
  expectErrors(ipModeProxy, { services: [serviceInput({ type: 'LoadBalancer', ingress })] }, [
    [
      '192.0.2.8 has ipMode Proxy: kube-proxy makes no rules for it, its source ranges included, and pods reach it by way of the load balancer.',
      'Service ns1/svc1, status.loadBalancer.ingress[1].ipMode',
    ],
  ]);
});
