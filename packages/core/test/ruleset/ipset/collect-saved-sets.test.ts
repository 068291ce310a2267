import { expect, test } from 'vitest';
import { collectSavedSets } from '../../../src/ruleset/ipset/collect-saved-sets.ts';
import { parseIPSets } from '../../../src/ruleset/ipset/parse-ipsets.ts';
import { listedSets, savedSets } from '../../support/ipset-dumps.ts';

function summaries(text: string): string[] {
  return collectSavedSets(parseIPSets(text).document).map(
    ({ name, type, options, entries }) =>
      `${name} ${type} ${options.length} options, ${entries.length} entries`,
  );
}

test('a save and a listing have the same sets', () => {
  const sets = [
    'a hash:ip,port 15 options, 3 entries',
    'c bitmap:port 2 options, 1 entries',
    'g hash:ip,port,net 10 options, 2 entries',
    'h hash:net,iface 10 options, 1 entries',
    'd list:set 2 options, 2 entries',
  ];
  expect(summaries(savedSets)).toEqual(sets);
  expect(summaries(listedSets)).toEqual(sets);
});

test('entries may stand anywhere behind their set', () => {
  const text = 'create a hash:ip\ncreate b hash:ip\nadd b 1.1.1.1\nadd a 1.1.1.2\nadd b 1.1.1.3\n';
  expect(summaries(text)).toEqual([
    'a hash:ip 0 options, 1 entries',
    'b hash:ip 0 options, 2 entries',
  ]);
});

test('a set without a type is left out', () => {
  expect(summaries(`Name: x\n\n${listedSets}`)).toEqual(summaries(listedSets));
});
