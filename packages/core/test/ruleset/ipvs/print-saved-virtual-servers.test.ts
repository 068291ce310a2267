import { expect, test } from 'vitest';
import { parseIpvsadm } from '../../../src/ruleset/ipvs/parse-ipvsadm.ts';
import { printSavedVirtualServers } from '../../../src/ruleset/ipvs/print-saved-virtual-servers.ts';
import { listedServers, procfsServers, savedServers } from '../../support/ipvs-dumps.ts';

function withoutPadding(text: string): string {
  return text.replaceAll(/ +$/gm, '');
}

test.for([
  ['nothing', ''],
  ['a blank line', '\n'],
  ['commands', savedServers],
  ['a listing', listedServers],
  ['a listing that was copied', withoutPadding(listedServers)],
  ['the table of the kernel', procfsServers],
  ['that as it was copied', withoutPadding(procfsServers)],
  ['a listing whose last line has no end', listedServers.slice(0, -1)],
  ['what cannot be read', `${listedServers}\n  -> nonsense  \n-A`],
  ['something else', '*nat\n\n'],
] as const)('prints what was read: %s', ([, text]) => {
  expect(printSavedVirtualServers(parseIpvsadm(text).document)).toBe(text);
});

test.for([
  'UDP  10.96.0.5:80 mh (mh-port) persistent 10800 mask 255.255.0.0 pe sip ops\n',
  'FWM  8 IPv6 sh (sh-port) persistent 5 ops\n',
  'UDP  0A600005:0050 mh ops  persistent 1080000 FFFF0000\n',
  'FWM  00000007 sh ops \n',
  'TCP  10.3.0.1:443 rr persistent 10800 mask 0.0.0.0\n',
])('prints %j as it was', (text) => {
  expect(printSavedVirtualServers(parseIpvsadm(text).document)).toBe(text);
});
