import { expect, test } from 'vitest';
import { ownerFinder } from '../../src/audit/attribute.ts';
import type { NodeRules } from '../../src/diff/node-rules.ts';

const origin = { reason: 'cluster IP', servicePort: 'prod/web:http' };
const svc = 'KUBE-SVC-CDGGSHYLG3RE2FKL';
const expected: NodeRules = [
  {
    kind: 'iptables',
    name: 'iptables IPv4 nat',
    chains: [
      { name: svc, declaration: '', rules: [{ text: 'a', origin }] },
      { name: 'KUBE-SERVICES', declaration: '', rules: [{ text: 'b', origin }] },
    ],
    groups: [],
  },
  {
    kind: 'ipvs',
    name: 'ipvs',
    chains: [],
    groups: [{ name: 'tcp [fd00::1]:80', declaration: '', entries: [], origin }],
  },
];
const web = { servicePort: 'prod/web:http' };

test.for([
  ['a compiled rule knows its own', { text: 'x', origin }, 'KUBE-SERVICES', web],
  ['by the chain', { text: 'x' }, svc, web],
  ['by the chain it leads to', { text: `-A X -j ${svc}` }, 'KUBE-SERVICES', web],
  ['by the virtual server', { text: 'x' }, 'tcp [fd00::1]:80', web],
  ['by the address of a virtual server', { text: 'fd00::1' }, 'kube-ipvs0', web],
  ['not by a chain of all', { text: 'x' }, 'KUBE-SERVICES', {}],
  [
    'by the comment',
    { text: '-A X -m comment --comment "prod/old:http cluster IP" -j Y' },
    'X',
    { servicePort: 'prod/old:http' },
  ],
  [
    'by the comment of an endpoint',
    { text: '-A X -m comment --comment "prod/old:http -> 10.0.0.1:80" -j Y' },
    'X',
    { servicePort: 'prod/old:http', endpoint: '10.0.0.1:80' },
  ],
  [
    'by the middle of a comment',
    { text: '-A X -m comment --comment "masquerade traffic for prod/old external destinations"' },
    'X',
    { servicePort: 'prod/old' },
  ],
  [
    'not by any words',
    { text: '-A X -m comment --comment "kubernetes service portals" -j Y' },
    'X',
    {},
  ],
  [
    'by a name of nft',
    { text: 'goto service-SUSTUHLJ-default/web/tcp/http' },
    'services',
    { servicePort: 'default/web:http' },
  ],
  [
    'by the name of its nft chain',
    { text: 'accept' },
    'service-SUSTUHLJ-default/web/tcp/',
    { servicePort: 'default/web' },
  ],
] as const)('%s', ([, item, container, owner]) => {
  expect(ownerFinder(expected)(item, container)).toEqual(owner);
});

test('by the comment that an item has lost since', () => {
  const place = { source: 'dump', offset: 5 };
  const text = '-A X -m comment --comment "prod/old:http" -j Y';
  const chains = [{ name: 'X', declaration: '', rules: [{ text, place }] }];
  const commented: NodeRules = [
    { kind: 'iptables', name: 'iptables IPv4 nat', chains, groups: [] },
  ];
  expect(ownerFinder(expected, commented)({ text: '-A X -j Y', place }, 'X')).toEqual({
    servicePort: 'prod/old:http',
  });
});

test('a long comment takes no longer', () => {
  const text = `-A X -m comment --comment "${'a'.repeat(1_000_000)}" -j Y`;
  const start = performance.now();
  expect(ownerFinder(expected)({ text }, 'X')).toEqual({});
  expect(performance.now() - start).toBeLessThan(500);
});
