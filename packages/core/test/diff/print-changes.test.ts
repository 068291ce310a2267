import { expect, test } from 'vitest';
import type { Change } from '../../src/diff/change.ts';
import { remote } from '../support/model.ts';
import { printChanges, printOwner } from '../../src/diff/print-changes.ts';

const nat = { section: 'iptables IPv4 nat', sectionKind: 'iptables' } as const;
const ipvs = { section: 'ipvs', sectionKind: 'ipvs', group: 'tcp 10.0.0.1:80' } as const;
const origin = { reason: 'cluster IP', servicePort: 'prod/web:http' };
const changes: readonly Change[] = [
  { ...nat, kind: 'chainAdded', chain: 'KUBE-SVC-A', declaration: '' },
  {
    ...nat,
    kind: 'ruleAdded',
    chain: 'KUBE-SVC-A',
    index: 0,
    rule: { text: '-A KUBE-SVC-A -j B', origin },
  },
  { ...nat, kind: 'ruleRemoved', chain: 'INPUT', index: 0, rule: { text: '-A INPUT -j B' } },
  { ...nat, kind: 'chainChanged', chain: 'INPUT', from: 'policy DROP', to: 'policy ACCEPT' },
  { ...nat, kind: 'chainRemoved', chain: 'KUBE-SVC-B', declaration: '' },
  { ...ipvs, kind: 'groupChanged', from: '-s rr', to: '-s sh' },
  { ...ipvs, kind: 'entryRemoved', entry: { key: 'a', text: 'a -w 1' } },
  { ...ipvs, kind: 'entryAdded', entry: { key: 'b', text: 'b -w 1' } },
  {
    ...ipvs,
    kind: 'entryChanged',
    from: { key: 'c', text: 'c -w 1' },
    to: { key: 'c', text: 'c -w 2' },
  },
  { ...ipvs, kind: 'groupAdded', group: 'new', declaration: '-s rr', owner: {} },
  { ...ipvs, kind: 'groupRemoved', group: 'old', declaration: '-s rr', owner: {} },
];

test('a head for each chain or group, and a line for each change', () => {
  expect(printChanges(changes)).toBe(`iptables IPv4 nat, chain KUBE-SVC-A
+ new
+ -A KUBE-SVC-A -j B    # prod/web:http, cluster IP

iptables IPv4 nat, chain INPUT
- -A INPUT -j B
- policy DROP
+ policy ACCEPT

iptables IPv4 nat, chain KUBE-SVC-B
- gone

ipvs, tcp 10.0.0.1:80
- -s rr
+ -s sh
- a -w 1
+ b -w 1
- c -w 1
+ c -w 2

ipvs, new
+ new: -s rr

ipvs, old
- gone: -s rr
`);
});

test('nothing for no changes', () => {
  expect(printChanges([])).toBe('');
});

test('an owner is a Service with its endpoint, or the reason', () => {
  expect(printOwner({ reason: 'forwarding' })).toBeUndefined();
  expect(printOwner(origin)).toBe('prod/web:http, cluster IP');
  expect(
    printOwner({
      ...origin,
      endpoint: { ...remote, address: '10.244.2.6:8080', nodeName: 'node-b' },
    }),
  ).toBe('prod/web:http, endpoint 10.244.2.6:8080 [node-b]');
});
