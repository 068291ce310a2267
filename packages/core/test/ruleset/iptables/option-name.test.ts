import { expect, test } from 'vitest';
import { roleOf, usualName } from '../../../src/ruleset/iptables/option-name.ts';

test.for([
  ['-m', 'module'],
  ['--match', 'module'],
  ['-j', 'target'],
  ['--goto', 'target'],
  ['-s', 'basic'],
  ['--destination', 'basic'],
  ['-f', 'basic'],
  ['--comment', 'text'],
  ['--dport', 'ofProtocol'],
  ['--source-port', 'ofProtocol'],
  ['--ctstate', 'option'],
  ['!', 'not'],
  ['-', 'word'],
  ['"-j"', 'word'],
  ['tcp', 'word'],
])('%s: %s', ([word = '', role]) => {
  expect(roleOf(word)).toBe(role);
});

test('a long name is the short one', () => {
  expect(['--protocol', '--dst', '--destination-port', '--mark'].map(usualName)).toEqual([
    '-p',
    '-d',
    '--dport',
    '--mark',
  ]);
});
