import { expect, test } from 'vitest';
import { compile, renderFiles, whoOwns, type Mode, type Who } from '../src/index.ts';
import { auditedNode } from './support/audited-node.ts';

const { snapshot, files } = auditedNode('dual-stack', 'iptables');
const web = { servicePort: 'default/web:http' };
const second = { ...web, endpoint: '10.244.2.6:8080' };

function ask(query: string, mode: Mode = 'iptables'): Who {
  return whoOwns(query, snapshot, { mode });
}

test.for([
  ['iptables', 'KUBE-SVC-CDGGSHYLG3RE2FKL', 'chain', [web]],
  ['iptables', 'KUBE-SEP-3OLK2YUW6LHBC4UX', 'chain', [second]],
  [
    'iptables',
    '[7:99] -A KUBE-SEP-3OLK2YUW6LHBC4UX -p tcp -m comment --comment "x" -m tcp -j DNAT --to-destination 10.244.2.6:8080',
    'rule',
    [second],
  ],
  [
    'iptables',
    '-A KUBE-SERVICES -d 10.96.0.10 -p tcp --dport 80 -j KUBE-SVC-CDGGSHYLG3RE2FKL',
    'rule',
    [web],
  ],
  [
    'iptables',
    '-A KUBE-SEP-AAAAAAAAAAAAAAAA -p tcp -j DNAT --to-destination [fd00::1]:80',
    'rule',
    [],
  ],
  ['iptables', '-A OTHER -j KUBE-SVC-CDGGSHYLG3RE2FKL', 'rule', [web]],
  ['ipvs', 'KUBE-CLUSTER-IP', 'chain', [web]],
  ['ipvs', 'add KUBE-CLUSTER-IP 10.96.0.10,tcp:80', 'rule', [web]],
  ['ipvs', '-a -t 10.96.0.10:80 -r 10.244.2.6:8080 -m -w 1', 'rule', [second]],
  ['nftables', 'service-SUSTUHLJ-default/web/tcp/http', 'chain', [web]],
  [
    'nftables',
    '10.96.0.10 . tcp . 80 : goto service-SUSTUHLJ-default/web/tcp/http,',
    'rule',
    [web],
  ],
  ['iptables', '10.96.0.10:80', 'address', [web]],
  ['iptables', '10.244.2.6', 'address', [second]],
  ['iptables', ':30080', 'address', [web]],
  ['iptables', '192.0.2.11', 'address', []],
  ['iptables', 'nothing', 'chain', []],
  ['iptables', '!!', 'rule', []],
  ['iptables', '', 'rule', []],
] as const)('%s: %s is a question for a %s', ([mode, query, kind, owners]) => {
  expect(ask(query, mode)).toMatchObject({ kind, owners });
});

test('a chain of every node has a purpose and no owner', () => {
  expect(ask('KUBE-MARK-MASQ')).toMatchObject({
    purpose: 'marks packets that are to be masqueraded',
    owners: [],
  });
});

test('rules of a dump that mention an address, with their lines', () => {
  const { rules } = whoOwns('fd00:10:96::10', snapshot, { mode: 'iptables', files });
  expect(rules.map(({ section, container, line }) => [section, container, line])).toEqual([
    ['iptables IPv6 nat', 'KUBE-SERVICES', 56],
    ['iptables IPv6 nat', 'KUBE-SVC-CDGGSHYLG3RE2FKL', 58],
  ]);
  const longer = whoOwns('fd00:10:96::1', snapshot, { mode: 'iptables', files });
  expect(longer.rules).toEqual([]);
});

test('the fast layout of a dump', () => {
  const fast = renderFiles(compile(snapshot, 'nftables', { layout: 'fast' }));
  const { rules } = whoOwns('endpoints-tcp', snapshot, { mode: 'nftables', files: fast });
  expect(rules.filter(({ place }) => place).map(({ text }) => text)).toContain(
    '10.96.0.10 . 80 . 1 : 10.244.2.6 . 8080',
  );
});
