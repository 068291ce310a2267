import { expect, test } from 'vitest';
import type { NodeRules } from '../../src/index.ts';
import { planAddresses } from '../../src/plan/plan-addresses.ts';
import { planIpvs } from '../../src/plan/plan-ipvs.ts';
import { groupSection } from '../support/sections.ts';

type Servers = Readonly<Record<string, readonly string[]>>;

function plan(from: Servers, to: Servers, options: readonly [string, string] = ['-s rr', '-s rr']) {
  return planIpvs([groupSection('ipvs', from, options[0])], [groupSection('ipvs', to, options[1])]);
}

test('a new server comes with its real servers, a stale one goes after everything', () => {
  expect(plan({ 'sctp 10.0.0.1:1': [] }, { 'tcp [fd00::1]:80': ['[fd00::2]:80 -m -w 1'] })).toEqual(
    {
      before: [
        {
          kind: 'ipvs',
          input: '-A -t [fd00::1]:80 -s rr\n-a -t [fd00::1]:80 -r [fd00::2]:80 -m -w 1\n',
        },
      ],
      after: [{ kind: 'ipvs', input: '-D --sctp-service 10.0.0.1:1\n' }],
    },
  );
});

test('TCP real servers that go are drained, UDP ones deleted, both after new ones came', () => {
  const [tcp, udp] = ['tcp 10.0.0.1:80', 'udp 10.0.0.1:53'];
  expect(
    plan(
      { [tcp]: ['a:1 -m -w 1'], [udp]: ['a:1 -m -w 1'] },
      { [tcp]: ['b:1 -m -w 1'], [udp]: ['b:1 -m -w 1'] },
    ),
  ).toEqual({
    before: [
      {
        kind: 'ipvs',
        input: '-a -t 10.0.0.1:80 -r b:1 -m -w 1\n-a -u 10.0.0.1:53 -r b:1 -m -w 1\n',
      },
    ],
    after: [
      { kind: 'ipvs', input: '-d -u 10.0.0.1:53 -r a:1\n' },
      { kind: 'drain', servers: [{ virtualServer: '-t 10.0.0.1:80', address: 'a:1' }] },
    ],
  });
});

test('what is declared otherwise is edited in its place', () => {
  const name = 'tcp 10.0.0.1:80';
  const changed = plan({ [name]: ['a:1 -m -w 0'] }, { [name]: ['a:1 -m -w 1'] }, [
    '-s rr',
    '-s lc',
  ]);
  expect(changed).toEqual({
    before: [
      { kind: 'ipvs', input: '-E -t 10.0.0.1:80 -s lc\n-e -t 10.0.0.1:80 -r a:1 -m -w 1\n' },
    ],
    after: [],
  });
  expect(plan({ [name]: ['a:1'] }, { [name]: ['a:1'] })).toEqual({ before: [], after: [] });
});

function bound(...addresses: readonly string[]): NodeRules {
  return [groupSection('addresses', { 'kube-ipvs0': addresses })];
}

test('addresses: the interface comes first and goes last', () => {
  const link = 'kube-ipvs0';
  expect(planAddresses([], bound('10.0.0.1'))).toEqual({
    before: [
      { kind: 'addLink', name: link },
      { kind: 'addAddresses', link, addresses: ['10.0.0.1'] },
    ],
    after: [],
  });
  expect(planAddresses(bound('10.0.0.1'), bound('fd00::1'))).toEqual({
    before: [{ kind: 'addAddresses', link, addresses: ['fd00::1'] }],
    after: [{ kind: 'deleteAddresses', link, addresses: ['10.0.0.1'] }],
  });
  expect(planAddresses(bound('10.0.0.1'), [])).toEqual({
    before: [],
    after: [{ kind: 'deleteLink', name: link }],
  });
  expect(planAddresses(bound(), bound())).toEqual({ before: [], after: [] });
});
