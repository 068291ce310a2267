import { expect, test } from 'vitest';
import { addressEntry } from '../../../src/proxier/ipvs/entry.ts';
import { servicePortOf } from '../../support/model.ts';

test('an address of a service port has its protocol, and says whose it is and why', () => {
  const address = { ip: '192.0.2.11', port: 30_053, reason: 'node port' };
  expect(
    addressEntry('KUBE-NODE-PORT-SCTP-HASH', servicePortOf({ protocol: 'sctp' }), address),
  ).toEqual({
    set: 'KUBE-NODE-PORT-SCTP-HASH',
    entry: { kind: 'hash:ip,port', ip: '192.0.2.11', protocol: 'sctp', port: 30_053 },
    origin: { reason: 'node port', servicePort: 'ns1/svc1:p80', protocol: 'sctp' },
  });
});
