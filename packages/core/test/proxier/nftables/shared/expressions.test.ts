import { expect, test } from 'vitest';
import type { Family } from '../../../../src/netaddr/family.ts';
import {
  addressKey,
  connectionKey,
  destinationAddress,
  familyWords,
  fromNode,
  localTraffic,
  portKey,
  protocolMatch,
  sourceAddress,
  verdict,
} from '../../../../src/proxier/nftables/shared/expressions.ts';
import { objectName, type Expression } from '../../../../src/ruleset/nftables/index.ts';
import { printStatement } from '../../../../src/ruleset/nftables/print-statement.ts';
import type { LocalTrafficDetector } from '../../../../src/service/local-traffic-detector.ts';

function print(key: Expression): string {
  return printStatement({ kind: 'vmap', key, map: objectName('m') }).replace(' vmap @m', '');
}

test.for<[Family, string]>([
  ['IPv4', 'ip'],
  ['IPv6', 'ip6'],
])('the keys of %s', ([family, ip]) => {
  expect(print(sourceAddress(family))).toBe(`${ip} saddr`);
  expect(print(destinationAddress(family))).toBe(`${ip} daddr`);
  expect(print(portKey)).toBe('meta l4proto . th dport');
  expect(print(addressKey(family))).toBe(`${ip} daddr . meta l4proto . th dport`);
  expect(print(connectionKey(family))).toBe(`${ip} saddr . ${ip} daddr . meta l4proto . th dport`);
});

test('each family has its loopback addresses and its type of address', () => {
  expect(familyWords.IPv4).toEqual({
    protocol: 'ip',
    address: 'ipv4_addr',
    loopback: '127.0.0.0/8',
  });
  expect(familyWords.IPv6).toEqual({ protocol: 'ip6', address: 'ipv6_addr', loopback: '::1' });
});

test.for<[LocalTrafficDetector, Family, string, string]>([
  [{ kind: 'cidr', cidr: '10.0.0.0/8' }, 'IPv4', 'ip saddr 10.0.0.0/8', 'ip saddr != 10.0.0.0/8'],
  [{ kind: 'cidr', cidr: 'fd00::/8' }, 'IPv6', 'ip6 saddr fd00::/8', 'ip6 saddr != fd00::/8'],
  [{ kind: 'bridgeInterface', name: 'cni0' }, 'IPv4', 'iifname cni0', 'iifname != cni0'],
  [{ kind: 'interfaceNamePrefix', prefix: 'veth' }, 'IPv6', 'iifname veth*', 'iifname != veth*'],
])('by %o in %s, local traffic is "%s", other is "%s"', ([detector, family, local, other]) => {
  expect(printStatement(localTraffic(detector, family))).toBe(local);
  expect(printStatement(localTraffic(detector, family, true))).toBe(other);
});

test('a protocol, the node’s own traffic, a verdict', () => {
  expect(printStatement(protocolMatch('sctp'))).toBe('meta l4proto sctp');
  expect(printStatement(fromNode)).toBe('fib saddr type local');
  expect(printStatement(verdict({ kind: 'drop' }))).toBe('drop');
});
