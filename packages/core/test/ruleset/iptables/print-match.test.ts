import { expect, test } from 'vitest';
import type { Match } from '../../../src/ruleset/iptables/ast.ts';
import { printMatch } from '../../../src/ruleset/iptables/print-match.ts';

/** The words of a rule are those of the specification, sections 1.8, 2.6 to 2.11 and 5.2. */
const texts: readonly (readonly [match: Match, text: string])[] = [
  [{ kind: 'comment', text: 'ns1/svc1:p80' }, ' -m comment --comment ns1/svc1:p80'],
  [{ kind: 'comment', text: 'ns1/svc1 cluster IP' }, ' -m comment --comment "ns1/svc1 cluster IP"'],
  [{ kind: 'protocol', protocol: 'tcp', module: true }, ' -m tcp -p tcp'],
  [{ kind: 'protocol', protocol: 'udp', module: true }, ' -m udp -p udp'],
  [{ kind: 'protocol', protocol: 'sctp', module: true }, ' -m sctp -p sctp'],
  [{ kind: 'protocol', protocol: 'tcp', module: false }, ' -p tcp'],
  [{ kind: 'module', module: 'udp' }, ' -m udp'],
  [{ kind: 'source', address: '10.0.0.0/8' }, ' -s 10.0.0.0/8'],
  [{ kind: 'source', address: '10.0.0.0/8', inverted: true }, ' ! -s 10.0.0.0/8'],
  [{ kind: 'destination', address: 'fd00::1' }, ' -d fd00::1'],
  [{ kind: 'destination', address: '::1/128', inverted: true }, ' ! -d ::1/128'],
  [{ kind: 'destinationPort', port: 80 }, ' --dport 80'],
  [{ kind: 'inInterface', name: 'cni0' }, ' -i cni0'],
  [{ kind: 'inInterface', name: 'veth+', inverted: true }, ' ! -i veth+'],
  [{ kind: 'conntrack', states: ['INVALID'] }, ' -m conntrack --ctstate INVALID'],
  [
    { kind: 'conntrack', states: ['RELATED', 'ESTABLISHED', 'DNAT'], inverted: true },
    ' -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT',
  ],
  [{ kind: 'state', states: ['NEW'] }, ' -m state --state NEW'],
  [{ kind: 'mark', mark: 0x4000, mask: 0x4000 }, ' -m mark --mark 0x00004000/0x00004000'],
  [
    { kind: 'mark', mark: 0x4000, mask: 0x4000, inverted: true },
    ' -m mark ! --mark 0x00004000/0x00004000',
  ],
  [{ kind: 'addrtype', side: 'source', type: 'LOCAL' }, ' -m addrtype --src-type LOCAL'],
  [{ kind: 'addrtype', side: 'destination', type: 'LOCAL' }, ' -m addrtype --dst-type LOCAL'],
  [
    { kind: 'addrtype', side: 'source', type: 'LOCAL', inverted: true },
    ' -m addrtype ! --src-type LOCAL',
  ],
  [
    { kind: 'set', name: 'KUBE-CLUSTER-IP', fields: ['dst', 'dst'] },
    ' -m set --match-set KUBE-CLUSTER-IP dst,dst',
  ],
  [
    { kind: 'ipvs', address: 'fd00::1', protocol: 'udp', port: 53 },
    ' -m ipvs --vaddr fd00::1 --vproto udp --vport 53',
  ],
  [{ kind: 'physdevIsIn' }, ' -m physdev --physdev-is-in'],
  [{ kind: 'physdevIsIn', inverted: true }, ' -m physdev ! --physdev-is-in'],
  [{ kind: 'statistic', oneIn: 3 }, ' -m statistic --mode random --probability 0.3333333333'],
  [{ kind: 'recentSet', name: 'KUBE-SEP-A' }, ' -m recent --name KUBE-SEP-A --set'],
  [
    { kind: 'recentCheck', name: 'KUBE-SEP-A', seconds: 10800 },
    ' -m recent --name KUBE-SEP-A --rcheck --seconds 10800 --reap',
  ],
  [
    { kind: 'nfacct', name: 'ct_state_invalid_dropped_pkts' },
    ' -m nfacct --nfacct-name ct_state_invalid_dropped_pkts',
  ],
];

test.for(texts)('%o', ([match, text]) => {
  expect(printMatch(match)).toBe(text);
});

test('every kind of match has a text here, and an inverted one where there is one', () => {
  const kinds: Readonly<Record<Match['kind'], 'once' | 'inverted too'>> = {
    comment: 'once',
    protocol: 'once',
    module: 'once',
    source: 'inverted too',
    destination: 'inverted too',
    destinationPort: 'once',
    inInterface: 'inverted too',
    conntrack: 'inverted too',
    state: 'once',
    mark: 'inverted too',
    addrtype: 'inverted too',
    set: 'once',
    ipvs: 'once',
    physdevIsIn: 'inverted too',
    statistic: 'once',
    recentSet: 'once',
    recentCheck: 'once',
    nfacct: 'once',
  };
  for (const [kind, forms] of Object.entries(kinds)) {
    const matches = texts.map(([match]) => match).filter((match) => match.kind === kind);
    expect(matches.some((match) => !('inverted' in match))).toBe(true);
    expect(matches.some((match) => 'inverted' in match)).toBe(forms === 'inverted too');
  }
});

test.for<Match>([
  { kind: 'comment', text: 'a\n-A INPUT -j ACCEPT' },
  { kind: 'source', address: '10.0.0.1\nCOMMIT' },
  { kind: 'destination', address: '10.0.0.1\nCOMMIT' },
  { kind: 'inInterface', name: 'cni0\n' },
  { kind: 'recentSet', name: 'a\n' },
  { kind: 'recentCheck', name: 'a\n', seconds: 1 },
  { kind: 'nfacct', name: 'a\n' },
  { kind: 'set', name: 'a\n', fields: ['dst'] },
  { kind: 'ipvs', address: 'a\n', protocol: 'tcp', port: 1 },
])('a line end in %o is refused', (match) => {
  expect(() => printMatch(match)).toThrow(TypeError);
});
