import { expect, test } from 'vitest';
import { firewallClaims } from '../../../../src/proxier/nftables/fast/firewall.ts';
import { servicePortOf } from '../../../support/model.ts';
import { printPlaced } from '../../../support/nftables.ts';

const nodeIP = [192, 0, 2, 11];

function sourcesOf(ranges: readonly string[], vips: readonly string[] = ['5.6.7.8']): string[] {
  const servicePort = servicePortOf({ loadBalancerVIPs: vips, loadBalancerSourceRanges: ranges });
  return printPlaced(firewallClaims(servicePort, nodeIP).flatMap(({ elements }) => elements));
}

test('each address has its key, and each range an element', () => {
  const ranges = ['203.0.113.0/25', '10.0.0.0/8'];
  expect(sourcesOf(ranges, ['5.6.7.8', '5.6.7.7'])).toEqual([
    'firewall-ips { 5.6.7.8 . tcp . 80 }',
    'firewall-sources { 5.6.7.8 . tcp . 80 . 10.0.0.0/8 }',
    'firewall-sources { 5.6.7.8 . tcp . 80 . 203.0.113.0/25 }',
    'firewall-ips { 5.6.7.7 . tcp . 80 }',
    'firewall-sources { 5.6.7.7 . tcp . 80 . 10.0.0.0/8 }',
    'firewall-sources { 5.6.7.7 . tcp . 80 . 203.0.113.0/25 }',
  ]);
});

test('its claims are by the address, and say why', () => {
  const servicePort = servicePortOf({
    loadBalancerVIPs: ['5.6.7.8'],
    loadBalancerSourceRanges: ['203.0.113.0/25'],
  });
  const [claim, ...more] = firewallClaims(servicePort, nodeIP);
  expect(more).toEqual([]);
  expect(claim?.key).toEqual(['5.6.7.8', 'tcp', '80']);
  expect(claim?.elements.map(({ element }) => element.origin.reason)).toEqual([
    'load balancer source ranges',
    'load balancer source ranges',
  ]);
});

test('nothing without ranges, or without addresses', () => {
  expect(sourcesOf([])).toEqual([]);
  expect(sourcesOf(['10.0.0.0/8'], [])).toEqual([]);
});

const start = 'firewall-sources { 5.6.7.8 . tcp . 80 . ';

test.for<[string, readonly string[], readonly string[]]>([
  ['a range in another', ['10.1.0.0/16', '10.0.0.0/8'], ['10.0.0.0/8']],
  ['the same range again', ['10.0.0.0/8', '10.0.0.0/8'], ['10.0.0.0/8']],
  ['host bits', ['198.51.100.7/24'], ['198.51.100.0/24']],
  ['everything', ['203.0.113.0/25', '0.0.0.0/0'], ['0.0.0.0/0']],
  [
    'the ranges of the node, with the address itself',
    ['192.0.2.0/24'],
    ['192.0.2.0/24', '5.6.7.8/32'],
  ],
  ['the address itself in a range', ['192.0.2.0/24', '5.0.0.0/8'], ['5.0.0.0/8', '192.0.2.0/24']],
])('ranges do not overlap: %s', ([, ranges, collapsed]) => {
  expect(sourcesOf(ranges).slice(1)).toEqual(collapsed.map((range) => `${start}${range} }`));
});

test('all addresses may be sources of each, if the node is within a range', () => {
  expect(sourcesOf(['192.0.2.0/24'], ['5.6.7.8', '5.6.7.7']).slice(0, 4)).toEqual([
    'firewall-ips { 5.6.7.8 . tcp . 80 }',
    `${start}192.0.2.0/24 }`,
    `${start}5.6.7.8/32 }`,
    `${start}5.6.7.7/32 }`,
  ]);
});

test('in IPv6 an address is a range of 128 bits', () => {
  const servicePort = servicePortOf({
    family: 'IPv6',
    loadBalancerVIPs: ['2001:db8:5::1'],
    loadBalancerSourceRanges: ['2001:db8:1::/48'],
  });
  const own = [0x20, 0x01, 0x0d, 0xb8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x11];
  const elements = firewallClaims(servicePort, own).flatMap((claim) => claim.elements);
  expect(printPlaced(elements)).toEqual([
    'firewall-ips { 2001:db8:5::1 . tcp . 80 }',
    'firewall-sources { 2001:db8:5::1 . tcp . 80 . 2001:db8:1::/48 }',
    'firewall-sources { 2001:db8:5::1 . tcp . 80 . 2001:db8:5::1/128 }',
  ]);
});
