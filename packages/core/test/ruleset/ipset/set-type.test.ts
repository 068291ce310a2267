import { expect, test } from 'vitest';
import { dimensionsOf, isKnownType } from '../../../src/ruleset/ipset/set-type.ts';

test.for([
  ['hash:ip', true, ['ip']],
  ['hash:ip,port', true, ['ip', 'port']],
  ['hash:ip,port,ip', true, ['ip', 'port', 'ip']],
  ['hash:ip,port,net', true, ['ip', 'port', 'net']],
  ['bitmap:port', true, ['port']],
  ['hash:net,iface', false, ['net', 'iface']],
  ['list:set', false, ['set']],
] as const)('%s', ([type, isKnown, dimensions]) => {
  expect(isKnownType(type)).toBe(isKnown);
  expect(dimensionsOf(type)).toEqual(dimensions);
});
