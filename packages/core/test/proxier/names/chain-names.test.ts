import { expect, test } from 'vitest';
import { endpointChain, servicePortChains } from '../../../src/proxier/names/chain-names.ts';
import { servicePortOf } from '../../support/model.ts';

test('the chains of a service port share the hash of its name and protocol', () => {
  expect(servicePortChains(servicePortOf())).toEqual({
    cluster: 'KUBE-SVC-XPGD46QRK7WJZT7O',
    local: 'KUBE-SVL-XPGD46QRK7WJZT7O',
    external: 'KUBE-EXT-XPGD46QRK7WJZT7O',
    firewall: 'KUBE-FW-XPGD46QRK7WJZT7O',
  });
});

test('a service port without a name is hashed without a colon', () => {
  const servicePort = servicePortOf({ name: 'ns1/svc1', portName: '', protocol: 'udp' });
  expect(servicePortChains(servicePort).cluster).toBe('KUBE-SVC-A2PEVXD55OHK2IVW');
});

test('two protocols of one name have chains of their own', () => {
  const [tcp, udp] = (['tcp', 'udp'] as const).map((protocol) =>
    servicePortChains(servicePortOf({ protocol })),
  );
  expect(tcp?.cluster).not.toBe(udp?.cluster);
});

test.for([
  ['10.180.0.1:80', 'KUBE-SEP-SXIVWICOYRO3J4NJ'],
  ['[fd00::1]:80', 'KUBE-SEP-T5UNFIPVCZXM3U7X'],
] as const)('the chain of the endpoint %s is %s', ([address, chain]) => {
  expect(endpointChain(servicePortOf(), address)).toBe(chain);
});
