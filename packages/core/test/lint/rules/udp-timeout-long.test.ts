import { test } from 'vitest';
import { udpTimeoutLong } from '../../../src/lint/rules/udp-timeout-long.ts';
import { serviceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const services = [serviceInput({ ports: [{ port: 53, protocol: 'UDP' }] })];

test('no UDP, or timeouts that are not long', () => {
  expectValid(udpTimeoutLong, { services: [serviceInput()], mode: 'ipvs' });
  expectValid(udpTimeoutLong, { services });
  expectValid(udpTimeoutLong, { services, config: { conntrack: { udpStreamTimeout: '2m' } } });
  expectValid(udpTimeoutLong, { services, mode: 'ipvs', config: { ipvs: { udpTimeout: '30s' } } });
});

test('a long timeout of connection tracking', () => {
  const config = { conntrack: { udpStreamTimeout: '10m' } };
  expectErrors(udpTimeoutLong, { services, config }, [
    [
      'conntrack.udpStreamTimeout is 600 seconds: so long a UDP client of 1 Service may be sent to an endpoint that is gone.',
      'KubeProxyConfiguration, conntrack.udpStreamTimeout',
    ],
  ]);
});

test("ipvs' own", () => {
  expectErrors(udpTimeoutLong, { services, mode: 'ipvs' }, [
    [
      'ipvs.udpTimeout is unset, which means 300 seconds: so long a UDP client of 1 Service may be sent to an endpoint that is gone.',
      'KubeProxyConfiguration, ipvs.udpTimeout',
    ],
  ]);
});
