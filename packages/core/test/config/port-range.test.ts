import { expect, test } from 'vitest';
import { parsePortRange } from '../../src/config/port-range.ts';

test.for<[string, number, number]>([
  ['1000-2000', 1000, 2000],
  ['1000+500', 1000, 1500],
  [' 4242 ', 4242, 4242],
  ['0-0', 0, 0],
  ['65535', 65_535, 65_535],
])('%j goes from %i to %i', ([text, first, last]) => {
  expect(parsePortRange(text)).toEqual({ first, last });
});

test.for(['', '2000-1000', '1-65536', '65000+1000', '1,2', '-5', 'a-b', '1-2-3'])(
  '%j is no range',
  (text) => {
    expect(parsePortRange(text)).toBeUndefined();
  },
);
