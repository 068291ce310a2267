import { expect, test } from 'vitest';
import type { Entry, IPSet, SetOptions } from '../../../src/ruleset/ipset/ast.ts';
import { printIPSets } from '../../../src/ruleset/ipset/print-ipsets.ts';
import { setName } from '../../../src/ruleset/ipset/set-name.ts';

const hash: SetOptions = { family: 'inet6', hashsize: 1024, maxelem: 65_536 };

function setOf(
  name: string,
  [type, options]: readonly [IPSet['type'], SetOptions],
  entries: readonly Entry[] = [],
): IPSet {
  const origin = { reason: 'a test' };
  return {
    name: setName(name),
    type,
    options,
    entries: entries.map((entry) => ({ entry, origin })),
  };
}

test('first all sets are made, then they are filled, in their order', () => {
  const sets = [
    setOf('B', ['bitmap:port', { range: '0-65535' }], [{ kind: 'bitmap:port', port: 2 }]),
    setOf('EMPTY', ['hash:ip,port,net', hash]),
    setOf(
      'A',
      ['hash:ip', hash],
      [
        { kind: 'hash:ip', ip: 'fd00::2' },
        { kind: 'hash:ip', ip: 'fd00::1' },
      ],
    ),
  ];
  expect(printIPSets(sets)).toBe(`create B bitmap:port range 0-65535
create EMPTY hash:ip,port,net family inet6 hashsize 1024 maxelem 65536
create A hash:ip family inet6 hashsize 1024 maxelem 65536
add B 2
add A fd00::2
add A fd00::1
`);
});

test('no sets are an empty document', () => {
  expect(printIPSets([])).toBe('');
});

test.for(['', '10.0.0.1 -exist', '10.0.0.1\nflush', '10.0.0.1\tb', '"10.0.0.1"', '-exist', 'é'])(
  'an entry that ipset would not read as one word is refused: %j',
  (ip) => {
    const sets = [setOf('A', ['hash:ip', hash], [{ kind: 'hash:ip', ip }])];
    expect(() => printIPSets(sets)).toThrow(
      new TypeError(`${JSON.stringify(ip)} is no entry that ipset reads as it is`),
    );
  },
);
