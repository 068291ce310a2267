import { expect, test } from 'vitest';
import { iptablesEntrance, ipvsEntrance, nftablesEntrance } from '../../src/graph/rule-entrance.ts';

test.for([
  [
    '-A KUBE-SERVICES -d 10.96.0.10/32 -p udp -m comment --comment "a -d 1.2.3.4 --dport 9 x" -m udp --dport 53 -j KUBE-SVC-A',
    '10.96.0.10:53 udp',
  ],
  ['-A KUBE-SERVICES -d fd00::a/128 -p tcp -m tcp --dport 80 -j KUBE-SVC-A', '[fd00::a]:80 tcp'],
  ['-A KUBE-NODEPORTS -p tcp -m tcp --dport 30080 -j KUBE-EXT-A', '*:30080 tcp'],
] as const)('iptables: %s', ([text, entrance]) => {
  expect(iptablesEntrance(text)).toBe(entrance);
});

test.for([
  ['10.96.0.10 . tcp . 80 : goto service-A-prod/web/tcp/http', '10.96.0.10:80 tcp'],
  ['fd00::a . udp . 53 comment "prod/web" : drop', '[fd00::a]:53 udp'],
  ['tcp . 30080 : goto external-A-prod/web/tcp/http', '*:30080 tcp'],
  ['10.244.1.5 . 10.244.1.5 . tcp . 8080', undefined],
  ['10.96.0.10', undefined],
] as const)('nft: %s', ([text, entrance]) => {
  expect(nftablesEntrance(text)).toBe(entrance);
});

test('ipvs', () => {
  expect(ipvsEntrance('tcp [fd00::a]:80')).toBe('[fd00::a]:80 tcp');
});
