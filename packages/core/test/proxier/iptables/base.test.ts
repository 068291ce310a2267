import { expect, test } from 'vitest';
import {
  filterHead,
  filterTail,
  natTail,
  type IptablesBase,
} from '../../../src/proxier/iptables/base.ts';
import { printRules } from '../../support/model.ts';

const matchAll = { matchAll: true, containsLoopback: true, addresses: [] };

function baseOf(fields: Partial<IptablesBase> = {}): IptablesBase {
  return {
    family: 'IPv4',
    masqueradeMark: 0x4000,
    randomFully: true,
    localhostNodePorts: true,
    dropsInvalid: true,
    countsInvalid: false,
    nodePortAddresses: matchAll,
    ...fields,
  };
}

test('where node ports answer on loopback, neighbours must not reach it', () => {
  expect(printRules(filterHead(baseOf()))).toEqual([
    '-A KUBE-FIREWALL -m comment --comment "block incoming localnet connections" -d 127.0.0.0/8 ! -s 127.0.0.0/8 -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP',
  ]);
  expect(filterHead(baseOf({ localhostNodePorts: false }))).toEqual([]);
});

const forwarding = [
  '-A KUBE-FORWARD -m comment --comment "kubernetes forwarding rules" -m mark --mark 0x00004000/0x00004000 -j ACCEPT',
  '-A KUBE-FORWARD -m comment --comment "kubernetes forwarding conntrack rule" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
];

test.for<[string, Partial<IptablesBase>, readonly string[]]>([
  ['invalid packets are dropped', {}, ['-A KUBE-FORWARD -m conntrack --ctstate INVALID -j DROP']],
  [
    'and counted, where the kernel can',
    { countsInvalid: true },
    [
      '-A KUBE-FORWARD -m conntrack --ctstate INVALID -m nfacct --nfacct-name ct_state_invalid_dropped_pkts -j DROP',
    ],
  ],
  ['but not where conntrack is liberal', { dropsInvalid: false, countsInvalid: true }, []],
])('forwarded packets: %s', ([, fields, first]) => {
  expect(printRules(filterTail(baseOf(fields)))).toEqual([...first, ...forwarding]);
});

const toNodePorts = (words: string): string =>
  `-A KUBE-SERVICES -m comment --comment "kubernetes service nodeports; NOTE: this must be the last rule in this chain" ${words} -j KUBE-NODEPORTS`;

const some = {
  matchAll: false,
  containsLoopback: true,
  addresses: [
    { ip: '127.0.0.1', isLoopback: true },
    { ip: '192.0.2.11', isLoopback: false },
  ],
};
const someIPv6 = {
  ...some,
  addresses: [
    { ip: '2001:db8::11', isLoopback: false },
    { ip: '::1', isLoopback: true },
  ],
};

test.for<[string, Partial<IptablesBase>, readonly string[]]>([
  ['every address', {}, ['-m addrtype --dst-type LOCAL']],
  [
    'every one but loopback',
    { localhostNodePorts: false },
    ['-m addrtype --dst-type LOCAL ! -d 127.0.0.0/8'],
  ],
  [
    'every IPv6 one but loopback',
    { family: 'IPv6', localhostNodePorts: false },
    ['-m addrtype --dst-type LOCAL ! -d ::1/128'],
  ],
  ['these', { nodePortAddresses: some }, ['-d 127.0.0.1', '-d 192.0.2.11']],
  ['these but loopback', { nodePortAddresses: some, localhostNodePorts: false }, ['-d 192.0.2.11']],
  [
    'these IPv6 ones but loopback',
    { family: 'IPv6', nodePortAddresses: someIPv6, localhostNodePorts: false },
    ['-d 2001:db8::11'],
  ],
  ['none', { nodePortAddresses: { ...some, addresses: [] } }, []],
])('node ports answer on: %s', ([, fields, words]) => {
  expect(printRules(natTail(baseOf(fields)))).toEqual(words.map(toNodePorts));
});

test('these rules are of no service port', () => {
  const base = baseOf();
  const rules = [filterHead, filterTail, natTail].flatMap((make) => make(base));
  expect(new Set(rules.flatMap(({ origin }) => Object.keys(origin)))).toEqual(new Set(['reason']));
});
