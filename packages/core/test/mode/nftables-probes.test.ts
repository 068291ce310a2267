import { expect, test } from 'vitest';
import { neededFeatures, nftablesProbes } from '../../src/mode/nftables-probes.ts';

test('each probe is a script on a table of its own', () => {
  for (const script of Object.values(nftablesProbes)) {
    const lines = script.split('\n');
    expect(lines[0]).toBe('add table ip kube-rules-probe');
    expect(lines.at(-1)).toBe('');
    const others = lines.slice(1, -1).filter((line) => !/^add \w+ ip kube-rules-probe /.test(line));
    expect(others).toEqual([]);
  }
  expect(Object.keys(nftablesProbes)).toEqual([...neededFeatures, 'fastLayout']);
});
