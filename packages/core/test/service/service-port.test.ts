import { expect, test } from 'vitest';
import {
  isExternallyAccessible,
  usesClusterEndpoints,
  usesLocalEndpoints,
} from '../../src/service/service-port.ts';
import { servicePortOf } from '../support/model.ts';

const exposures = [
  { nodePort: 30080 },
  { loadBalancerVIPs: ['203.0.113.5'] },
  { externalIPs: ['198.51.100.7'] },
];

test.for(exposures)('%o makes a service port accessible from outside', (exposure) => {
  expect(isExternallyAccessible(servicePortOf(exposure))).toBe(true);
});

test('a cluster IP alone does not', () => {
  expect(isExternallyAccessible(servicePortOf())).toBe(false);
});

test.for([
  { internal: false, external: false, exposed: false, cluster: true, local: false },
  { internal: true, external: false, exposed: false, cluster: false, local: true },
  // Even under policy Local the short-circuit of local traffic needs all endpoints.
  { internal: true, external: true, exposed: true, cluster: true, local: true },
  { internal: true, external: false, exposed: true, cluster: true, local: true },
  { internal: false, external: true, exposed: true, cluster: true, local: true },
  { internal: false, external: true, exposed: false, cluster: true, local: false },
])(
  'internal Local $internal, external Local $external, exposed $exposed: cluster endpoints $cluster, local ones $local',
  ({ internal, external, exposed, cluster, local }) => {
    const servicePort = servicePortOf({
      internalPolicyLocal: internal,
      externalPolicyLocal: external,
      nodePort: exposed ? 30080 : 0,
    });
    expect(usesClusterEndpoints(servicePort)).toBe(cluster);
    expect(usesLocalEndpoints(servicePort)).toBe(local);
  },
);
