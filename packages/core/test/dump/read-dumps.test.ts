import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Section } from '../../src/diff/node-rules.ts';
import { mergeSections, partOf, readDumps } from '../../src/dump/read-dumps.ts';
import { arbitraryDamage } from '../support/arbitrary-damage.ts';
import { listedServers, procfsServers, savedServers } from '../support/ipvs-dumps.ts';
import { dumpFolder, readToolDumps } from '../support/tool-dumps.ts';

const save = '*nat\n:PREROUTING ACCEPT [0:0]\n:X - [0:0]\n[1:2] -A PREROUTING -j X\nCOMMIT\n';
const listing =
  'table ip kube-proxy {\n\tset s {\n\t\ttype ipv4_addr\n\t\telements = { 10.0.0.1 }\n\t}\n}\n';

test('each dump has its sections, by name, with the places of what is in it', () => {
  const { rules, diagnostics, parts, backend } = readDumps({
    'dump/nft-list': listing,
    'dump/ipvsadm-save': '-A -t 10.0.0.1:80 -s rr\n-a -t 10.0.0.1:80 -r 10.1.0.1:80 -m -w 1\n',
    'dump/ipset-save': 'create S hash:ip family inet hashsize 1024 maxelem 65536\nadd S 10.0.0.1\n',
    'dump/ipv4.iptables-save': save,
    'dump/ip-addr.json':
      '[{"ifindex":5,"ifname":"kube-ipvs0","addr_info":[{"family":"inet","local":"10.0.0.1","prefixlen":32},{"family":"inet6","local":"fe80::1","prefixlen":64}]},{"ifindex":1,"ifname":"lo","addr_info":[{"family":"inet","local":"127.0.0.1","prefixlen":8}]}]',
  });
  expect(diagnostics).toEqual([]);
  expect(backend).toBeUndefined();
  expect([...parts].toSorted()).toEqual([
    'addresses',
    'ipset',
    'iptables IPv4',
    'ipvs',
    'nftables',
  ]);
  expect(rules).toEqual([
    {
      kind: 'addresses',
      name: 'addresses kube-ipvs0',
      chains: [],
      groups: [
        {
          name: 'kube-ipvs0',
          declaration: '',
          entries: [
            {
              key: '10.0.0.1',
              text: '10.0.0.1',
              place: { source: 'dump/ip-addr.json', offset: 0 },
            },
          ],
        },
      ],
    },
    {
      kind: 'ipset',
      name: 'ipset',
      chains: [],
      groups: [
        {
          name: 'S',
          declaration: 'hash:ip family inet maxelem 65536',
          entries: [
            { key: '10.0.0.1', text: '10.0.0.1', place: { source: 'dump/ipset-save', offset: 57 } },
          ],
        },
      ],
    },
    {
      kind: 'iptables',
      name: 'iptables IPv4 nat',
      chains: [
        {
          name: 'PREROUTING',
          declaration: 'policy ACCEPT',
          rules: [
            {
              text: '-A PREROUTING -j X',
              place: { source: 'dump/ipv4.iptables-save', offset: 41 },
            },
          ],
        },
        { name: 'X', declaration: '', rules: [] },
      ],
      groups: [],
    },
    {
      kind: 'ipvs',
      name: 'ipvs',
      chains: [],
      groups: [
        {
          name: 'tcp 10.0.0.1:80',
          declaration: '-s rr',
          entries: [
            {
              key: '10.1.0.1:80',
              text: '10.1.0.1:80 -m -w 1',
              place: { source: 'dump/ipvsadm-save', offset: 24 },
            },
          ],
          place: { source: 'dump/ipvsadm-save', offset: 0 },
        },
      ],
    },
    {
      kind: 'nftables',
      name: 'nftables ip kube-proxy',
      chains: [],
      groups: [
        {
          name: 's',
          declaration: 'type ipv4_addr',
          entries: [
            { key: '10.0.0.1', text: '10.0.0.1', place: { source: 'dump/nft-list', offset: 63 } },
          ],
        },
      ],
    },
  ]);
});

test('both implementations of iptables are kept apart', () => {
  const kube = save.replaceAll('X', 'KUBE-SERVICES');
  const { rules, otherBackend, backend } = readDumps({
    'ipv4.iptables-nft-save': save,
    'ipv4.iptables-legacy-save': kube,
  });
  expect(backend).toBe('legacy');
  expect(rules[0]?.chains.map(({ name }) => name)).toEqual(['KUBE-SERVICES', 'PREROUTING']);
  expect(otherBackend[0]?.chains.map(({ name }) => name)).toEqual(['PREROUTING', 'X']);
});

test('of two dumps of one table the last counts', () => {
  const { rules } = readDumps({ 'a.txt': save, 'b.txt': save.replaceAll('X', 'Y') });
  expect(rules).toHaveLength(1);
  expect(rules[0]?.chains.map(({ name }) => name)).toEqual(['PREROUTING', 'Y']);
});

test('a file that is no dump is told, and what can be named instead', () => {
  const { rules, parts, diagnostics } = readDumps({
    'notes.txt': 'hello\n',
    'ipv4.sysctl': 'a = 1\n',
  });
  expect({ rules, parts }).toEqual({ rules: [], parts: new Set() });
  expect(diagnostics.map(({ code, range }) => ({ code, range }))).toEqual([
    { code: 'DUMP_UNSUPPORTED', range: { source: 'notes.txt', start: 0, end: 1 } },
  ]);
  expect(diagnostics[0]?.message).toMatch(
    /^notes\.txt is no dump that is known; name it ipv4\.iptables-save/,
  );
});

const setOf = (name: string): string =>
  `create ${name} hash:ip family inet hashsize 1024 maxelem 65536\n`;

test('sets of both families in two files are one section', () => {
  const { rules } = readDumps({ 'ipv4.ipset': setOf('A'), 'ipv6.ipset': setOf('B') });
  expect(rules.map(({ name, groups }) => [name, groups.map((group) => group.name)])).toEqual([
    ['ipset', ['A', 'B']],
  ]);
});

const sectionOf = (key: string): Section => ({
  kind: 'ipset',
  name: 'ipset',
  chains: [],
  groups: [{ name: 'S', declaration: 'd', entries: [{ key, text: key }] }],
});

test('entries of one group in two sections stand together', () => {
  expect(mergeSections([sectionOf('b'), sectionOf('a')])).toEqual([
    {
      ...sectionOf('a'),
      groups: [
        {
          name: 'S',
          declaration: 'd',
          entries: [
            { key: 'a', text: 'a' },
            { key: 'b', text: 'b' },
          ],
        },
      ],
    },
  ]);
});

test('parts of a node', () => {
  expect(partOf({ ...sectionOf('a'), kind: 'iptables', name: 'iptables IPv6 nat' })).toBe(
    'iptables IPv6',
  );
  expect(partOf({ ...sectionOf('a'), kind: 'nftables', name: 'nftables ip kube-proxy' })).toBe(
    'nftables',
  );
});

const names = fc.oneof(
  fc.constantFrom(
    'ipv4.iptables-save',
    'ipv6.iptables',
    'ipv4.jumps',
    'ipset-save',
    'ipvsadm-save',
    'ip_vs',
    'ip-addr.json',
    'ipv4.addresses',
    'nft-list',
    'nft-list.json',
    '__proto__',
    '',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const damaged = arbitraryDamage(
  [
    save,
    listing,
    savedServers,
    listedServers,
    procfsServers,
    'create S hash:ip\nadd S 10.0.0.1\n',
    '[{"ifname":"kube-ipvs0","addr_info":[]}]',
  ],
  ['-A', '-j', 'add', 'create', 'elements', '{', '}', '*nat', 'COMMIT', '[[', 'null'],
);

test('no file of any name and text makes it throw', () => {
  const text = fc.oneof(damaged, fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(fc.dictionary(names, text, { maxKeys: 3 }), (files) => {
      for (const section of readDumps(files).rules) expect(section.name).not.toBe('');
    }),
    { numRuns: 500 },
  );
});

const foreign = readToolDumps(['.txt']);

if (foreign.length === 0)
  test.skip(`dumps of other nodes were not read, because there are none: ${dumpFolder}`, () => {});

/** What no reader is for: listings of iptables -L, conntrack, fragments without the table around them. */
const refused = /^(?:07|08|09|10|12|24|25|26)-/;

/** What was left out of these by who published them, or added. */
const faults: Readonly<Record<string, readonly string[]>> = {
  '02': ['DUMP_SYNTAX', 'DUMP_SYNTAX'],
  '11': ['DUMP_SYNTAX', 'DUMP_SYNTAX', 'DUMP_SYNTAX'],
  '18': ['DUMP_TRUNCATED'],
  '21': ['DUMP_SYNTAX'],
};

test.for(foreign)('$name of another node is read, or refused with a reason', ({ name, text }) => {
  const { rules, diagnostics } = readDumps({ [name]: text });
  if (refused.test(name)) {
    expect(rules).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toContain('DUMP_UNSUPPORTED');
  } else {
    expect(rules.length).toBeGreaterThan(0);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code }) => code)).toEqual(faults[name.slice(0, 2)] ?? []);
  }
});
