import type { AddressExplanation } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { printAddressName } from '../../src/output/print-address-name.ts';

test.for<[Partial<AddressExplanation>, string]>([
  [{ kind: 'cluster IP', ip: '10.96.0.1' }, 'cluster IP 10.96.0.1:80'],
  [{ kind: 'external IP', ip: 'fd00::1' }, 'external IP [fd00::1]:80'],
  [
    { kind: 'load balancer IP', ip: '10.9.0.1', sourceRanges: ['10.0.0.0/8', '::/0'] },
    'load balancer IP 10.9.0.1:80, only for 10.0.0.0/8, ::/0',
  ],
  [{ kind: 'node port' }, 'node port 80 on every address of the node'],
  [{ kind: 'node port', nodeAddresses: [] }, 'node port 80 on no address of the node'],
  [
    { kind: 'node port', nodeAddresses: ['192.0.2.1'], takesLocalhost: true },
    'node port 80 on 192.0.2.1, 127.0.0.1 too',
  ],
])('%o', ([address, name]) => {
  expect(printAddressName({ kind: 'cluster IP', port: 80, clients: [], ...address })).toBe(name);
});
