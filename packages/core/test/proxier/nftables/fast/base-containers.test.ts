import { expect, test } from 'vitest';
import { fastMaps, fastSets } from '../../../../src/proxier/nftables/fast/base-containers.ts';
import { entrances, firewallSources } from '../../../../src/proxier/nftables/fast/objects.ts';
import { containers } from '../../../../src/proxier/nftables/shared/objects.ts';
import { nftablesBaseOf, printMaps, printSets } from '../../../support/nftables.ts';

const none = new Map();

test.for([
  ['IPv4', 'ip', 'ipv4_addr'],
  ['IPv6', 'ip6', 'ipv6_addr'],
] as const)('%s: all sets', ([family, ip, address]) => {
  const clients = (key: string, protocol: string): string =>
    `affinity-${protocol} { typeof ${ip} saddr . ${key}${protocol} dport . numgen random mod 65536 ; size 1048576 ; flags dynamic,timeout ; comment "endpoint slots that clients used" ; }`;
  const ofAddress = `${address} . inet_proto . inet_service`;
  expect(printSets(fastSets(nftablesBaseOf({ family }), none))).toEqual([
    `cluster-ips { type ${address} ; comment "Active ClusterIPs" ; }`,
    `hairpin-connections { type ${address} . ${ofAddress} ; comment "service hairpin connections" ; }`,
    `nodeport-ips { type ${address} ; comment "IPs that accept NodePort traffic" ; }`,
    `firewall-ips { type ${ofAddress} ; comment "destinations that are subject to LoadBalancerSourceRanges" ; }`,
    `firewall-sources { type ${ofAddress} . ${address} ; flags interval ; comment "LoadBalancerSourceRanges of each destination" ; }`,
    ...['tcp', 'udp', 'sctp'].map((protocol) => clients(`${ip} daddr . `, protocol)),
    ...['tcp', 'udp', 'sctp'].map((protocol) => `nodeport-${clients('', protocol)}`),
  ]);
});

test.for([
  ['IPv4', 'ip', 'ipv4_addr'],
  ['IPv6', 'ip6', 'ipv6_addr'],
] as const)('%s: all maps', ([family, ip, address]) => {
  const ofAddress = `type ${address} . inet_proto . inet_service : verdict ;`;
  const ofPort = 'type inet_proto . inet_service : verdict ;';
  const slots = (key: string, protocol: string): string =>
    `{ typeof ${key}${protocol} dport . numgen random mod 65536 : ${ip} daddr . ${protocol} dport ;`;
  const endpoints = (prefix: string, key: string, protocol: string): string[] => [
    `${prefix}endpoints-${protocol} ${slots(key, protocol)} comment "endpoints by slot" ; }`,
    `${prefix}local-endpoints-${protocol} ${slots(key, protocol)} comment "local endpoints by slot" ; }`,
  ];
  expect(printMaps(fastMaps(nftablesBaseOf({ family }), none)).slice(4)).toEqual([
    `external-ips { ${ofAddress} comment "external traffic to all endpoints" ; }`,
    `local-ips { ${ofAddress} comment "external traffic to local endpoints" ; }`,
    `external-nodeports { ${ofPort} comment "external traffic to all endpoints" ; }`,
    `local-nodeports { ${ofPort} comment "external traffic to local endpoints" ; }`,
    ...['tcp', 'udp', 'sctp'].flatMap((protocol) => endpoints('', `${ip} daddr . `, protocol)),
    ...['tcp', 'udp', 'sctp'].flatMap((protocol) => endpoints('nodeport-', '', protocol)),
  ]);
});

test('elements are in their own set or map, but clients come from packets', () => {
  const origin = { reason: 'a test' };
  const { endpoints, localEndpoints, affinity } = entrances.nodePort.byProtocol.udp;
  const names = [containers.firewallIPs, firewallSources, endpoints, localEndpoints, affinity];
  const elements = new Map(names.map((name) => [name, [{ key: [`in-${name}`], origin }]]));
  const base = nftablesBaseOf({ matchAllNodePorts: true });
  const held = [...fastSets(base, elements), ...fastMaps(base, elements)].flatMap((container) =>
    container.elements.map(({ key: [text] }) => [container.name, text]),
  );
  expect(held).toEqual(names.slice(0, -1).map((name) => [name, `in-${name}`]));
});
