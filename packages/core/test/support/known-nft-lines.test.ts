import { expect, test } from 'vitest';
import { isKnownNftLine } from './known-nft-lines.ts';

const name = 'service-ULMVA6XW-ns1/svc1/tcp/p80';

test.for([
  'add table ip kube-proxy { comment "rules for kube-proxy" ; }',
  `add chain ip6 kube-proxy ${name}`,
  'add chain ip kube-proxy filter-input { type filter hook input priority -110 ; }',
  `add rule ip kube-proxy ${name} ip daddr @cluster-ips iifname != veth* mark set mark or 0x00004000 comment "why"`,
  `add rule ip kube-proxy ${name} meta l4proto tcp dnat to [fd00::1]:80`,
  `add element ip kube-proxy service-ips { 10.0.0.1 . tcp . 80 comment "ns1/svc1:p80" : goto ${name} }`,
])('takes %s', (line) => {
  expect(isKnownNftLine(line)).toBe(true);
});

test.for([
  '',
  'flush ruleset',
  'add table ip filter { comment "x" ; }',
  `add chain ip kube-proxy ${name} ; flush ruleset`,
  `add rule ip kube-proxy ${name}`,
  `add rule ip kube-proxy ${name} accept`,
  `add rule ip kube-proxy ${name} iifname a#b drop`,
  `add rule ip kube-proxy ${name} iifname a;b drop`,
  `add rule ip kube-proxy ${name} drop comment "a" ; flush ruleset ; ""`,
  `add rule ip kube-proxy ${name} drop comment "a`,
  'add element ip kube-proxy cluster-ips { 10.0.0.1 } ; flush ruleset',
  'add element ip kube-proxy cluster-ips { 10.0.0.1 , 10.0.0.2 }',
  'add element ip kube-proxy service-ips { 10.0.0.1 . tcp . 80 : accept }',
])('refuses "%s"', (line) => {
  expect(isKnownNftLine(line)).toBe(false);
});
