import { expect, test } from 'vitest';
import {
  addressType,
  baseMaps,
  baseSets,
  portType,
  verdictMap,
} from '../../../../src/proxier/nftables/shared/base-containers.ts';
import { containers } from '../../../../src/proxier/nftables/shared/objects.ts';
import { nftablesBaseOf } from '../../../support/nftables.ts';

const none = new Map();

test('keys are of a port, or of an address and port', () => {
  expect(portType).toEqual(['inet_proto', 'inet_service']);
  expect(addressType(nftablesBaseOf())).toEqual(['ipv4_addr', 'inet_proto', 'inet_service']);
  expect(addressType(nftablesBaseOf({ family: 'IPv6' }))[0]).toBe('ipv6_addr');
});

const namesOf = (objects: readonly { name: string }[]): string[] => objects.map(({ name }) => name);

test('the sets and maps of both layouts', () => {
  const base = nftablesBaseOf();
  expect(namesOf(baseSets(base, none))).toEqual([
    'cluster-ips',
    'hairpin-connections',
    'nodeport-ips',
  ]);
  const matchAll = nftablesBaseOf({ matchAllNodePorts: true });
  expect(namesOf(baseSets(matchAll, none))).toEqual(['cluster-ips', 'hairpin-connections']);
  expect(namesOf(baseMaps(base, none))).toEqual([
    'no-endpoint-nodeports',
    'no-endpoint-services',
    'service-ips',
    'service-nodeports',
  ]);
});

test('each has its own elements', () => {
  const origin = { reason: 'a test' };
  const element = { key: ['10.0.0.1'], origin };
  const elements = new Map([
    [containers.clusterIPs, [element]],
    [containers.firewallIPs, [element]],
  ]);
  const sets = baseSets(nftablesBaseOf(), elements);
  expect(sets.map((set) => set.elements)).toEqual([[element], [], []]);
  const name = containers.firewallIPs;
  expect(verdictMap({ name, type: portType }, elements)).toEqual({
    name: 'firewall-ips',
    type: portType,
    data: 'verdict',
    elements: [element],
  });
});
