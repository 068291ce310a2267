import { expect, test } from 'vitest';
import { parseAddressQuery, whoHasAddress } from '../../src/explain/who-has-address.ts';
import { endpointOf, resolvedOf } from '../support/model.ts';

test.for([
  ['10.0.0.1', { ip: '10.0.0.1', port: undefined }],
  ['10.0.0.1:80', { ip: '10.0.0.1', port: 80 }],
  ['FD00:0::1', { ip: 'fd00::1', port: undefined }],
  ['[fd00::1]:443', { ip: 'fd00::1', port: 443 }],
  [':30080', { ip: undefined, port: 30_080 }],
  ['10.0.0', undefined],
  ['10.0.0.1:', undefined],
  ['10.0.0.999:80', undefined],
  ['KUBE-SERVICES', undefined],
  ['', undefined],
] as const)('%s', ([text, query]) => {
  expect(parseAddressQuery(text)).toEqual(query);
});

const resolved = resolvedOf(
  {
    name: 'ns/web:http',
    clusterIP: '10.0.0.1',
    port: 80,
    nodePort: 30_080,
    externalIPs: ['203.0.113.1'],
    loadBalancerVIPs: ['203.0.113.2'],
  },
  [endpointOf('10.1.0.1')],
);
const nodes = [{ nodeName: 'node-a', addresses: ['192.0.2.11', '10.0.0.1'] }];
const { protocol } = resolved.servicePort;

test.for([
  ['10.0.0.1', [`cluster IP 10.0.0.1:80/${protocol}`, 'node node-a']],
  ['10.0.0.1:81', ['node node-a']],
  ['203.0.113.1', [`external IP 203.0.113.1:80/${protocol}`]],
  ['203.0.113.2:80', [`load balancer IP 203.0.113.2:80/${protocol}`]],
  [':30080', [`node port 30080/${protocol}`]],
  ['10.1.0.1', [`endpoint ${endpointOf('10.1.0.1').address}`]],
  ['10.9.9.9', []],
] as const)('%s is of %s', ([text, owners]) => {
  const query = parseAddressQuery(text) ?? { ip: undefined, port: undefined };
  const found = whoHasAddress(query, [resolved, resolved], nodes);
  expect(found.map(({ role, what }) => `${role} ${what}`)).toEqual(owners);
});
