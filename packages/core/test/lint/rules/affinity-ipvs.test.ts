import { test } from 'vitest';
import { affinityIpvs } from '../../../src/lint/rules/affinity-ipvs.ts';
import { serviceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const services = [serviceInput({ sessionAffinity: 'ClientIP' })];

test('no affinity, or another mode', () => {
  expectValid(affinityIpvs, { services: [serviceInput()], mode: 'ipvs' });
  expectValid(affinityIpvs, { services, mode: 'nftables' });
});

test('affinity in ipvs mode', () => {
  expectErrors(affinityIpvs, { services, mode: 'ipvs' }, [
    [
      'In mode ipvs a client stays bound to its endpoint for 10800 seconds after its last connection has ended, even if the endpoint is gone by then.',
      'Service ns1/svc1, spec.sessionAffinity',
    ],
  ]);
});
