import { expect, test } from 'vitest';
import { printHeading, readHeading } from '../../../src/ruleset/ipvs/heading.ts';

test.for([
  ['IP Virtual Server version 1.2.1 (size=4096)', 'list', 'version', ['1.2.1', '(size=4096)']],
  ['Prot LocalAddress:Port Scheduler Flags', 'list', 'serviceColumns', []],
  [
    '  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn',
    'list',
    'serverColumns',
    [],
  ],
  ['  -> RemoteAddress:Port Forward Weight ActiveConn InActConn', 'procfs', 'serverColumns', []],
] as const)('reads and prints %j', ([text, format, kind, words]) => {
  const heading = readHeading({ text, start: 3 }, format);
  expect(heading).toEqual({ kind, offset: 3, words });
  expect(heading && printHeading(heading, format)).toBe(text);
});

test('a server is no heading', () => {
  expect(readHeading({ text: 'TCP  10.0.0.1:80 rr', start: 0 }, 'list')).toBeUndefined();
});
