import { compile, parseSnapshot, renderFiles } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { nftablesOwnerByText, nftablesOwnerFinder } from '../../src/check/nftables-line-owner.ts';
import { clusterText, web } from '../support/cluster.ts';

const ruleset = compile(parseSnapshot(clusterText(web)).snapshot, 'nftables');
const ownerOf = nftablesOwnerFinder(ruleset);
const lines = (renderFiles(ruleset)['ipv4.nft'] ?? '').split('\n');

function lineWith(...words: string[]): string {
  return lines.find((line) => words.every((word) => line.includes(word))) ?? 'none';
}

test.for([
  ['a chain', ['add chain', '-prod/web/tcp/http'], 'prod/web:http'],
  ['a rule', ['add rule', 'service-', '-prod/cart/tcp/http'], 'prod/cart:http'],
  ['a cluster IP', ['add element', 'cluster-ips { 10.96.0.0 }'], 'prod/web:http, cluster IP'],
  ['where it leads', ['service-ips { 10.96.0.1 . tcp'], 'prod/cart:http, cluster IP'],
  [
    'a hairpin connection',
    ['hairpin-connections { 10.244.1.5 '],
    'prod/web:http, endpoint 10.244.1.5:8080 [node-a]',
  ],
] as const)('of a compiled table, %s', ([, words, owner]) => {
  const line = lineWith(...words);
  expect(ownerOf(line)).toEqual({ servicePort: owner.replace(/,.*/, ''), text: owner });
});

const golden = 'ABCDEFGH-ns1/gone/tcp/p80';
const endpoint = 'HGFEDCBA-ns1/gone/tcp/p80__10.0.0.1/80';
const ofIPv6 = 'HGFEDCBA-ns1/gone/tcp/p80__fd00..1/80';
const cut = `HGFEDCBA-ns1/gone/tcp/p80__fd00..1${'1'.repeat(5)}...`;

test.for([
  [`add chain ip kube-proxy service-${golden}`, 'ns1/gone:p80'],
  [`add chain ip kube-proxy local-${golden}`, 'ns1/gone:p80'],
  [`add rule ip kube-proxy external-${golden} goto service-${golden}`, 'ns1/gone:p80'],
  [`add rule ip kube-proxy firewall-${golden} ip saddr != { 10.0.0.0/8 } drop`, 'ns1/gone:p80'],
  [`add chain ip kube-proxy endpoint-${endpoint}`, 'ns1/gone:p80, endpoint 10.0.0.1:80'],
  [`add set ip kube-proxy affinity-${endpoint} { }`, 'ns1/gone:p80, endpoint 10.0.0.1:80'],
  [`add chain ip6 kube-proxy endpoint-${ofIPv6}`, 'ns1/gone:p80, endpoint [fd00::1]:80'],
  [`add chain ip6 kube-proxy endpoint-${cut}`, 'ns1/gone:p80'],
  ['add chain ip kube-proxy service-ABCDEFGH-ns1/gone/udp/', 'ns1/gone'],
  [
    `add element ip kube-proxy service-ips { 10.9.9.9 . tcp . 80 : goto service-${golden} }`,
    'ns1/gone:p80',
  ],
  [
    'add element ip kube-proxy no-endpoint-services { 10.9.9.9 . tcp . 80 comment "ns1/gone" : drop }',
    'ns1/gone',
  ],
])('of a golden table only, %s is of %s', ([line = '', owner]) => {
  expect(ownerOf(line)?.text).toBe(owner);
  expect(nftablesOwnerByText(line)).toEqual(ownerOf(line));
});

test.for([
  '',
  'add chain ip kube-proxy services',
  'add chain ip kube-proxy service-endpoints-check',
  'add rule ip kube-proxy nat-output jump services',
  'add rule ip kube-proxy services ip daddr @cluster-ips mark set mark or 0x00004000 comment "masquerade all clusterIP traffic"',
  'add chain ip kube-proxy reject-chain { comment "helper for @no-endpoint-services / @no-endpoint-nodeports" ; }',
  'add element ip kube-proxy cluster-ips { 10.9.9.9 }',
])('"%s" is nobody’s', (line) => {
  expect(ownerOf(line)).toBeUndefined();
});
