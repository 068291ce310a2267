import { expect, test } from 'vitest';
import type { ServicePort } from '../../src/service/service-port.ts';
import { trafficOf, type Traffic } from '../../src/service/traffic.ts';
import { local, remote, resolvedOf } from '../support/model.ts';

const nothing: Traffic = {
  usesCluster: false,
  usesLocal: false,
  usesExternal: false,
  internalRefusal: undefined,
  externalRefusal: undefined,
};

test.for<[string, Partial<ServicePort>, (typeof remote)[], Partial<Traffic>]>([
  ['a cluster IP with an endpoint', {}, [remote], { usesCluster: true }],
  [
    'no endpoint anywhere',
    { nodePort: 30_080 },
    [],
    { internalRefusal: 'no endpoints', externalRefusal: 'no endpoints' },
  ],
  ['a node port', { nodePort: 30_080 }, [remote], { usesCluster: true, usesExternal: true }],
  [
    'internal policy Local, an endpoint elsewhere',
    { internalPolicyLocal: true },
    [remote],
    { internalRefusal: 'no local endpoints' },
  ],
  ['internal policy Local, one here', { internalPolicyLocal: true }, [local], { usesLocal: true }],
  [
    'external policy Local, an endpoint elsewhere',
    { externalPolicyLocal: true, nodePort: 30_080 },
    [remote],
    { usesCluster: true, usesExternal: true, externalRefusal: 'no local endpoints' },
  ],
  [
    'external policy Local, one here',
    { externalPolicyLocal: true, nodePort: 30_080 },
    [local, remote],
    { usesCluster: true, usesLocal: true, usesExternal: true },
  ],
])('%s', ([, fields, endpoints, expected]) => {
  expect(trafficOf(resolvedOf(fields, endpoints))).toEqual({ ...nothing, ...expected });
});
