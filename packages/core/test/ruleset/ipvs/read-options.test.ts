import { expect, test } from 'vitest';
import { readOptions } from '../../../src/ruleset/ipvs/read-options.ts';

function read(text: string): unknown {
  const options = readOptions(text.split(' '));
  return options && Object.fromEntries(options);
}

test('reads options by their short names', () => {
  expect(read('-t 10.0.0.1:80 --scheduler rr -p --ops -M 255.0.0.0')).toEqual({
    '-t': '10.0.0.1:80',
    '-s': 'rr',
    '-p': '',
    '-o': '',
    '-M': '255.0.0.0',
  });
  expect(read('-f -1 -6 -p 300')).toEqual({ '-f': '-1', '-6': '', '-p': '300' });
});

test.for(['-t', '-s rr -s rr', '-s rr --scheduler rr', 'rr', '-z', '--constructor', '__proto__'])(
  'refuses %j',
  (text) => {
    expect(read(text)).toBeUndefined();
  },
);
