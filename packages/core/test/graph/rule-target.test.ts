import { expect, test } from 'vitest';
import { iptablesTarget, nftablesTarget, type RuleTarget } from '../../src/graph/rule-target.ts';

const nowhere: RuleTarget = { chains: [], endpoints: [] };

test.for<[string, RuleTarget]>([
  ['-A KUBE-SERVICES -j KUBE-SVC-A', { ...nowhere, chains: ['KUBE-SVC-A'] }],
  [
    '-A KUBE-SVC-A -m comment --comment "x -j DROP" -j KUBE-SEP-B',
    { ...nowhere, chains: ['KUBE-SEP-B'] },
  ],
  [
    '-A KUBE-SEP-B -p tcp -j DNAT --to-destination [fd00::5]:8080',
    { ...nowhere, endpoints: ['[fd00::5]:8080'] },
  ],
  [
    '-A KUBE-SERVICES -j REJECT --reject-with icmp-port-unreachable',
    { ...nowhere, refusal: 'rejected' },
  ],
  ['-A KUBE-PROXY-FIREWALL -j DROP', { ...nowhere, refusal: 'dropped' }],
  ['-A KUBE-EXT-A -j KUBE-MARK-MASQ', nowhere],
  ['-A KUBE-FW-A -m comment --comment "nothing"', nowhere],
])('iptables: %s', ([text, target]) => {
  expect(iptablesTarget(text)).toEqual(target);
});

test.for<[string, RuleTarget]>([
  [
    '10.96.0.10 . tcp . 80 : goto service-A-prod/web/tcp/http',
    { ...nowhere, chains: ['service-A-prod/web/tcp/http'] },
  ],
  [
    '10.96.0.10 . tcp . 80 comment "goto x" : goto reject-chain',
    { ...nowhere, refusal: 'rejected' },
  ],
  ['tcp . 30080 comment "prod/web" : drop', { ...nowhere, refusal: 'dropped' }],
  ['ip saddr != { 198.51.100.0/24 } drop', { ...nowhere, refusal: 'dropped' }],
  [
    'numgen random mod 2 vmap { 0 : goto endpoint-A, 1 : goto endpoint-B }',
    { ...nowhere, chains: ['endpoint-A', 'endpoint-B'] },
  ],
  [
    'meta l4proto tcp dnat ip to numgen random mod 2 map { 0 : 10.244.1.5 . 8080, 1 : 10.244.2.6 . 8080 }',
    { ...nowhere, endpoints: ['10.244.1.5:8080', '10.244.2.6:8080'] },
  ],
  [
    'meta l4proto tcp dnat ip6 to numgen random mod 1 map { 0 : fd00::5 . 8080 }',
    { ...nowhere, endpoints: ['[fd00::5]:8080'] },
  ],
  ['meta l4proto tcp dnat to [fd00::5]:8080', { ...nowhere, endpoints: ['[fd00::5]:8080'] }],
  ['meta mark set meta mark | 16384 comment "masquerade"', nowhere],
])('nft: %s', ([text, target]) => {
  expect(nftablesTarget(text)).toEqual(target);
});
