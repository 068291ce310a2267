import { test } from 'vitest';
import { clusterIPInPodRange } from '../../../src/lint/rules/cluster-ip-in-pod-range.ts';
import { serviceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const services = [serviceInput()];

test('a cluster IP outside', () => {
  expectValid(clusterIPInPodRange, { services, config: { clusterCIDR: '10.0.0.0/8' } });
});

test('pods that are not told by their addresses', () => {
  const config = {
    detectLocalMode: 'InterfaceNamePrefix',
    detectLocal: { interfaceNamePrefix: 'c' },
  };
  expectValid(clusterIPInPodRange, { services, config });
});

test('cluster IPs within', () => {
  const more = serviceInput({ metadata: { name: 'svc2' }, clusterIP: '172.30.0.42' });
  const config = { clusterCIDR: '172.30.0.0/16' };
  expectErrors(clusterIPInPodRange, { services: [...services, more], config }, [
    [
      "The cluster IP 172.30.0.41 and 1 more are within the pods' range 172.30.0.0/16: a pod with such an address is not reached.",
      'Service ns1/svc1, spec.clusterIP',
      'KubeProxyConfiguration, clusterCIDR',
    ],
  ]);
});
