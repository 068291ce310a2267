import { test } from 'vitest';
import { affinityRecentLimit } from '../../../src/lint/rules/affinity-recent-limit.ts';
import { serviceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const services = [serviceInput({ sessionAffinity: 'ClientIP' })];

test('no affinity, or another mode', () => {
  expectValid(affinityRecentLimit, { services: [serviceInput()] });
  expectValid(affinityRecentLimit, { services, mode: 'nftables' });
});

test('affinity in iptables mode', () => {
  expectErrors(affinityRecentLimit, { services }, [
    [
      'In mode iptables a node remembers 100 clients for each endpoint: of more, the oldest lose their affinity.',
      'Service ns1/svc1, spec.sessionAffinity',
    ],
  ]);
});
