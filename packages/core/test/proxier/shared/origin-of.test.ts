import { expect, test } from 'vitest';
import { originOf } from '../../../src/proxier/shared/origin-of.ts';
import { servicePortOf } from '../../support/model.ts';

test('an origin names the service port, and the endpoint if there is one', () => {
  const servicePort = servicePortOf({ protocol: 'udp' });
  expect(originOf(servicePort, 'cluster IP')).toEqual({
    reason: 'cluster IP',
    servicePort: 'ns1/svc1:p80',
    protocol: 'udp',
  });
  expect(originOf(servicePort, 'hairpin', { address: '10.0.0.1:80', nodeName: 'node-b' })).toEqual({
    reason: 'hairpin',
    servicePort: 'ns1/svc1:p80',
    protocol: 'udp',
    endpoint: { address: '10.0.0.1:80', nodeName: 'node-b' },
  });
});
