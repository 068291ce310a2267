import { expect, test } from 'vitest';
import { chooseBackend } from '../../src/dump/choose-backend.ts';

const empty = '*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n';
const rules = '*nat\n-A PREROUTING -j ACCEPT\nCOMMIT\n';
const counted = '*nat\n[3:180] -A PREROUTING -j ACCEPT\nCOMMIT\n';
const own = '*nat\n:KUBE-SERVICES - [0:0]\nCOMMIT\n';
const leftovers = '*mangle\n:KUBE-PROXY-CANARY - [0:0]\nCOMMIT\n';

test.for([
  [own, rules, 'nft', 'kube-proxy’s chains'],
  [rules, own, 'legacy', 'kube-proxy’s chains'],
  [own, own, 'nft', 'nft of both'],
  [empty, rules, 'legacy', 'any rules'],
  [empty, counted, 'legacy', 'rules with counters'],
  [rules, rules, 'nft', 'nft of both'],
  [leftovers, rules, 'legacy', 'rules, not a canary'],
  [empty, empty, 'nft', 'nft of both'],
  [undefined, empty, 'legacy', 'the one that was dumped'],
  [empty, undefined, 'nft', 'the one that was dumped'],
] as const)('%j in nft, %j in legacy: %s, by %s', ([nft, legacy, backend]) => {
  expect(
    chooseBackend({
      ...(nft !== undefined && { 'ipv4.iptables-nft-save': nft }),
      ...(legacy !== undefined && { 'ipv6.ip6tables-legacy-save': legacy }),
    }),
  ).toBe(backend);
});

test('undefined where no dump tells', () => {
  expect(chooseBackend({})).toBeUndefined();
  expect(chooseBackend({ 'ipv4.iptables-save': own, 'ipset-save': '' })).toBeUndefined();
});
