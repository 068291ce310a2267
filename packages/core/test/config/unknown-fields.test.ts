import { expect, test } from 'vitest';
import { findUnknownFields } from '../../src/config/unknown-fields.ts';

const shape = {
  mode: '',
  iptables: { masqueradeBit: 14, masqueradeAll: false },
  logging: {},
  list: [],
};

test.for<[unknown, [string, string | undefined][]]>([
  [{ mode: 'x', iptables: { masqueradeBit: 1 } }, []],
  [{ mod: 'x' }, [['mod', 'mode']]],
  [
    { iptables: { masqueradeBits: 1, zzz: 1 } },
    [
      ['iptables.masqueradeBits', 'masqueradeBit'],
      ['iptables.zzz', undefined],
    ],
  ],
  [{ logging: { anything: { goes: 1 } } }, []],
  [{ list: [{ x: 1 }], mode: { x: 1 }, iptables: 'text' }, []],
  [
    JSON.parse('{"__proto__": 1, "toString": 2}'),
    [
      ['__proto__', undefined],
      ['toString', undefined],
    ],
  ],
  ['text', []],
  [null, []],
  [[{ x: 1 }], []],
])('in %j', ([value, expected]) => {
  const found = findUnknownFields(value, shape);
  expect(found.map(({ path, suggestion }) => [path.join('.'), suggestion])).toEqual(expected);
});
