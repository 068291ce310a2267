import { expect, test } from 'vitest';
import { parseMatch } from '../../../src/ruleset/iptables/parse-match.ts';
import { printSavedMatch } from '../../../src/ruleset/iptables/print-saved-match.ts';
import type { SavedMatch } from '../../../src/ruleset/iptables/saved-rule.ts';

const texts: Readonly<Record<Exclude<SavedMatch['kind'], 'other'>, readonly string[]>> = {
  comment: ['-m comment --comment "a"'],
  protocol: ['-p tcp', '! -p 89'],
  module: ['-m tcp', '-m icmp'],
  source: ['-s 10.0.0.1/32', '! -s fd00::/8'],
  destination: ['-d 10.0.0.1', '! -d ::1/128'],
  inInterface: ['-i eth0', '! -i eth+'],
  outInterface: ['-o eth0', '! -o eth+'],
  sourcePort: ['--sport 80', '! --sport 80:90'],
  destinationPort: ['--dport 80', '! --dport :90'],
  conntrack: ['-m conntrack --ctstate NEW', '-m conntrack ! --ctstate RELATED,ESTABLISHED'],
  mark: ['-m mark --mark 0x4000/0x4000', '-m mark ! --mark 1'],
  addrtype: ['-m addrtype --src-type LOCAL', '-m addrtype ! --dst-type LOCAL,BROADCAST'],
  set: ['-m set --match-set KUBE-CLUSTER-IP dst,dst', '-m set ! --match-set a src'],
  ipvs: ['-m ipvs --vaddr 10.0.0.1/32 --vproto 6 --vport 80'],
  physdevIsIn: ['-m physdev --physdev-is-in', '-m physdev ! --physdev-is-in'],
  statistic: [
    '-m statistic --mode random --probability 0.50000000000',
    '-m statistic --mode random ! --probability 0.1',
  ],
  recentSet: [
    '-m recent --name A --set',
    '-m recent --set --name A --mask 255.255.255.255 --rsource',
    '-m recent --set --name A --rdest',
  ],
  recentCheck: [
    '-m recent --name A --rcheck --seconds 10800 --reap',
    '-m recent --rcheck --seconds 5 --name A --mask 255.255.255.0 --rsource',
  ],
  nfacct: ['-m nfacct --nfacct-name x'],
};

test.for(Object.entries(texts))('%s is read and printed as it was', ([kind, written]) => {
  for (const text of written) {
    const match = parseMatch(text.replaceAll('"', '').split(' '));
    expect(match?.kind).toBe(kind);
    expect(match && printSavedMatch(match)).toBe(` ${text}`);
  }
});

test.for([
  '-m statistic --mode nth --every 2',
  '-m statistic ! --mode random --probability 0.5',
  '-m recent --update --name A',
  '-m recent --set --rcheck --name A',
  '-m recent --set --seconds 5 --name A',
  '-m recent --rcheck --name A',
  '-m recent ! --rcheck --seconds 5 --name A',
  '-m recent --rcheck --seconds 5 --hitcount 4 --name A',
  '-m conntrack --ctstate NEW --ctdir ORIGINAL',
  '-m conntrack --ctstate',
  '-m mark --mark 1 2',
  '-m set --match-set a',
  '-m set --match-set a src --return-nomatch',
  '-m ipvs --vaddr 10.0.0.1',
  '-m ipvs --vaddr 10.0.0.1 --vproto 6 --vport 80 --vdir ORIGINAL',
  '-m physdev --physdev-in eth0',
  '-m comment ! --comment a',
  '-m nfacct ! --nfacct-name a',
  '-m addrtype --limit-iface-in',
  '-m unknown --option',
  '-s ! 10.0.0.1',
  '-f',
  '--tcp-flags SYN SYN',
])('%s has no kind of its own', (text) => {
  expect(parseMatch(text.split(' '))).toBeUndefined();
});

test('words of an unknown option keep their spelling and the blanks before them', () => {
  const match: SavedMatch = {
    kind: 'other',
    words: [{ text: '-m' }, { text: 'x', gap: '  ' }, { text: 'a b', spelling: '"a b"' }],
  };
  expect(printSavedMatch(match)).toBe(' -m  x "a b"');
});
