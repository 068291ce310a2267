import { expect, test } from 'vitest';
import { chains, containers } from '../../../../src/proxier/nftables/shared/objects.ts';

test('chains, sets and maps have the names of kube-proxy, each its own', () => {
  expect(Object.values(chains)).toEqual([
    'cluster-ips-check',
    'firewall-check',
    'masquerading',
    'nodeport-endpoints-check',
    'reject-chain',
    'service-endpoints-check',
    'services',
  ]);
  expect(Object.values(containers)).toEqual([
    'cluster-ips',
    'hairpin-connections',
    'nodeport-ips',
    'firewall-ips',
    'no-endpoint-nodeports',
    'no-endpoint-services',
    'service-ips',
    'service-nodeports',
  ]);
});
