import { expect, test } from 'vitest';
import { readVersions } from '../src/read-versions.ts';
import { createScriptedMachine, fail, missing, say } from './support/scripted-machine.ts';

test('the first line of each tool; those that are missing or fail are left out', async () => {
  const machine = createScriptedMachine();
  machine.answer = (call) => {
    if (call === 'nft --version') return say('nftables v1.1\nmore\n');
    if (call === 'ipset --version') return missing;
    return call === 'conntrack --version' ? fail('Cannot open') : undefined;
  };
  expect(await readVersions(machine)).toEqual({
    iptables: 'iptables v1.8.9',
    nft: 'nftables v1.1',
    ipvsadm: 'ipvsadm v1.31 2019/12/24 (compiled with popt and IPVS v1.2.1)',
  });
});
