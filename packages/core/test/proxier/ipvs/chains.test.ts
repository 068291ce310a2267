import { expect, test } from 'vitest';
import { chains } from '../../../src/proxier/ipvs/chains.ts';

test('the fixed chains of ipvs mode are those of kube-proxy', () => {
  expect(Object.values(chains)).toEqual([
    'KUBE-SERVICES',
    'KUBE-NODE-PORT',
    'KUBE-LOAD-BALANCER',
    'KUBE-PROXY-FIREWALL',
    'KUBE-SOURCE-RANGES-FIREWALL',
    'KUBE-IPVS-FILTER',
    'KUBE-IPVS-OUT-FILTER',
  ]);
});
