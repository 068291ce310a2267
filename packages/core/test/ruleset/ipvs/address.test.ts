import { expect, test } from 'vitest';
import { canonicalAddress, isNumeric, parseHostPort } from '../../../src/ruleset/ipvs/address.ts';

test.for([
  ['10.0.0.1:80', { host: '10.0.0.1', port: '80' }, true],
  ['10.0.0.1', { host: '10.0.0.1', port: undefined }, true],
  ['[fd00::1]:80', { host: 'fd00::1', port: '80' }, true],
  ['[fd00::1]', { host: 'fd00::1', port: undefined }, true],
  ['10.0.0.1:http-alt', { host: '10.0.0.1', port: 'http-alt' }, false],
  ['[fd00::1]:http', { host: 'fd00::1', port: 'http' }, false],
  ['node1.example:443', { host: 'node1.example', port: '443' }, false],
] as const)('splits %s', ([text, address, isNumber]) => {
  expect(parseHostPort(text)).toEqual(address);
  expect(isNumeric(address)).toBe(isNumber);
});

test.for(
  [
    ['', ':80', '10.0.0:80', '10.0.0.1:', '10.0.0.1:65536', '10.0.0.1:8/0', '10.0.0.1:80:80'],
    ['[10.0.0.1]:80', 'fd00::1', '[fd00::1', '[fd00::1]80', '[fd00::1]:', '[]:80', '[x]:80'],
  ].flat(),
)('refuses %j', (text) => {
  expect(parseHostPort(text)).toBeUndefined();
});

test.for([
  ['10.0.0.1:80', '10.0.0.1:80'],
  ['10.0.0.1:080', '10.0.0.1:80'],
  ['10.0.0.1', '10.0.0.1:443'],
  ['[FD00:0::1]:80', '[fd00::1]:80'],
  ['[FD00::1]', '[fd00::1]:443'],
  ['[::FFFF:10.0.0.1]:80', '[::ffff:10.0.0.1]:80'],
  ['Node1:http', 'node1:http'],
  ['no address', 'no address'],
] as const)('%s is %s', ([text, canonical]) => {
  expect(canonicalAddress(text, '443')).toBe(canonical);
});
