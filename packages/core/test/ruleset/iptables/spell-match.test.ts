import { expect, test } from 'vitest';
import type { Match, Target } from '../../../src/ruleset/iptables/ast.ts';
import { printMatch } from '../../../src/ruleset/iptables/print-match.ts';
import { printSavedMatch } from '../../../src/ruleset/iptables/print-saved-match.ts';
import { printSavedTarget } from '../../../src/ruleset/iptables/print-saved-target.ts';
import { printTarget } from '../../../src/ruleset/iptables/print-target.ts';
import { spellMatch, spellTarget } from '../../../src/ruleset/iptables/spell-match.ts';
import { chainName } from '../../../src/ruleset/iptables/chain-name.ts';

const matches: Readonly<Record<Match['kind'], Match>> = {
  comment: { kind: 'comment', text: 'a "b" c' },
  protocol: { kind: 'protocol', protocol: 'tcp', module: true },
  module: { kind: 'module', module: 'tcp' },
  source: { kind: 'source', address: '10.0.0.0/8', inverted: true },
  destination: { kind: 'destination', address: 'fd00::1' },
  destinationPort: { kind: 'destinationPort', port: 80 },
  inInterface: { kind: 'inInterface', name: 'veth+', inverted: true },
  conntrack: { kind: 'conntrack', states: ['NEW'], inverted: true },
  state: { kind: 'state', states: ['NEW', 'RELATED'] },
  mark: { kind: 'mark', mark: 0x4000, mask: 0x4000, inverted: true },
  addrtype: { kind: 'addrtype', side: 'source', type: 'LOCAL' },
  set: { kind: 'set', name: 'S', fields: ['dst', 'src'] },
  ipvs: { kind: 'ipvs', address: '10.0.0.1', protocol: 'tcp', port: 80 },
  physdevIsIn: { kind: 'physdevIsIn', inverted: true },
  statistic: { kind: 'statistic', oneIn: 3 },
  recentSet: { kind: 'recentSet', name: 'A' },
  recentCheck: { kind: 'recentCheck', name: 'A', seconds: 10 },
  nfacct: { kind: 'nfacct', name: 'x' },
};

test.for(Object.values(matches))('$kind is spelled as it is printed', (match) => {
  const spelled = [spellMatch(match)].flat();
  expect(spelled.map((one) => printSavedMatch(one)).join('')).toBe(printMatch(match));
});

test.for<Target>([
  { kind: 'jump', chain: chainName('A') },
  { kind: 'ACCEPT' },
  { kind: 'DROP' },
  { kind: 'REJECT' },
  { kind: 'RETURN' },
  { kind: 'MARK', operation: 'xor', mark: 0x4000 },
  { kind: 'MASQUERADE', randomFully: true },
  { kind: 'DNAT', destination: '10.0.0.1:80' },
  { kind: 'REDIRECT', port: 36_123 },
])('$kind is spelled as it is printed', (target) => {
  expect(printSavedTarget(spellTarget(target))).toBe(printTarget(target));
});
