import { expect, test } from 'vitest';
import type { IPSet } from '../../../src/ruleset/ipset/ast.ts';
import {
  normalizeCompiledIPSets,
  normalizeSavedIPSets,
} from '../../../src/ruleset/ipset/normalize-ipsets.ts';
import { parseIPSets } from '../../../src/ruleset/ipset/parse-ipsets.ts';
import { setName } from '../../../src/ruleset/ipset/set-name.ts';
import { listedSets, savedSets } from '../../support/ipset-dumps.ts';
import { withoutEntryPlaces } from '../../support/without-places.ts';

function normalize(text: string): ReturnType<typeof normalizeSavedIPSets> {
  return normalizeSavedIPSets(parseIPSets(text).document);
}

const normalSets = [
  {
    name: 'a',
    type: 'hash:ip,port',
    family: 'inet',
    range: undefined,
    maxelem: 65_536,
    options: ['comment', 'counters', 'skbinfo', 'timeout 0'],
    entries: ['10.0.0.1,tcp:80', '10.0.0.2,icmp:echo-request', '10.0.0.2,udp:80'],
  },
  {
    name: 'c',
    type: 'bitmap:port',
    family: undefined,
    range: '0-65535',
    maxelem: undefined,
    options: [],
    entries: ['30000'],
  },
  {
    name: 'd',
    type: 'list:set',
    family: undefined,
    range: undefined,
    maxelem: undefined,
    options: ['size 8'],
    entries: ['a', 'c'],
  },
  {
    name: 'g',
    type: 'hash:ip,port,net',
    family: 'inet',
    range: undefined,
    maxelem: 65_536,
    options: [],
    entries: ['10.0.0.1,tcp:80,0.0.0.0/1 nomatch', '10.0.0.1,tcp:80,10.1.0.0'],
  },
  {
    name: 'h',
    type: 'hash:net,iface',
    family: 'inet6',
    range: undefined,
    maxelem: 5,
    options: [],
    entries: ['2001:db8::/32,physdev:eth0 nomatch'],
  },
];

test('a save and a listing have one normal form', () => {
  expect(normalize(savedSets).map(withoutEntryPlaces)).toEqual(normalSets);
  expect(normalize(listedSets).map(withoutEntryPlaces)).toEqual(normalSets);
});

test('an entry knows the offset of its line', () => {
  const text = 'create a hash:ip\nadd a 2.2.2.2\nadd a 1.1.1.1\nadd a 2.2.2.2/32\n';
  expect(normalize(text)[0]?.entries).toEqual([
    { text: '1.1.1.1', offset: 31 },
    { text: '2.2.2.2', offset: 17 },
  ]);
});

test('what a command leaves to ipset counts as the value that ipset takes', () => {
  const short = normalize(
    'create a hash:ip\ncreate b hash:mac\ncreate c hash:ip maxelem x -exist\n',
  );
  expect(short).toMatchObject([
    { family: 'inet', maxelem: 65_536, options: [] },
    { family: undefined, maxelem: 65_536 },
    { family: 'inet', maxelem: undefined, options: [] },
  ]);
});

test('compiled sets have their origins', () => {
  const origin = { reason: 'cluster IP' };
  const sets: IPSet[] = [
    {
      name: setName('B'),
      type: 'bitmap:port',
      options: { range: '0-65535' },
      entries: [{ entry: { kind: 'bitmap:port', port: 80 }, origin }],
    },
    {
      name: setName('A'),
      type: 'hash:ip',
      options: { family: 'inet6', hashsize: 1024, maxelem: 9 },
      entries: [
        { entry: { kind: 'hash:ip', ip: 'FD00::2' }, origin },
        { entry: { kind: 'hash:ip', ip: 'fd00::1' }, origin },
      ],
    },
  ];
  expect(normalizeCompiledIPSets(sets)).toEqual([
    {
      name: 'A',
      type: 'hash:ip',
      family: 'inet6',
      range: undefined,
      maxelem: 9,
      options: [],
      entries: [
        { text: 'fd00::1', origin },
        { text: 'fd00::2', origin },
      ],
    },
    {
      name: 'B',
      type: 'bitmap:port',
      family: undefined,
      range: '0-65535',
      maxelem: undefined,
      options: [],
      entries: [{ text: '80', origin }],
    },
  ]);
});
