import { expect, test } from 'vitest';
import {
  normalizeSaved,
  parseIptables,
  type NormalMatch,
} from '../../../src/ruleset/iptables/index.ts';
import type { Packet } from '../../../src/index.ts';
import { environment, fatesOf, fromNode, iptables, toNode, toPod } from '../../support/trace.ts';

type Holds = 'yes' | 'no' | 'unknown';

interface Row {
  readonly options: string;
  readonly holds: Holds;
  readonly packet?: Packet;
  readonly chain?: 'INPUT' | 'FORWARD' | 'OUTPUT' | 'PREROUTING';
}

const ping: Packet = { source: '192.0.2.100', destination: '192.0.2.11', protocol: 'icmp' };
const fromPod: Packet = { ...toNode, source: '10.244.1.12' };
const onBridge = { packet: fromPod, chain: 'INPUT' } as const;
const forwarded = { packet: toPod, chain: 'FORWARD' } as const;
const sent = { packet: fromNode, chain: 'OUTPUT' } as const;

const rows: readonly Row[] = [
  { options: '-s 192.0.2.100/32', holds: 'yes' },
  { options: '-s 192.0.2.0/25', holds: 'yes' },
  { options: '-s 192.0.2.128/25', holds: 'no' },
  { options: '! -s 192.0.2.0/24', holds: 'no' },
  { options: '-d 192.0.2.11/32', holds: 'yes' },
  { options: '! -d 192.0.2.12/32', holds: 'yes' },
  { options: '-p tcp', holds: 'yes' },
  { options: '-p udp', holds: 'no' },
  { options: '-p 6', holds: 'yes' },
  { options: '-p tcp -m tcp --dport 80', holds: 'yes' },
  { options: '-p tcp -m tcp --dport 81', holds: 'no' },
  { options: '-p tcp -m tcp --dport 8:800', holds: 'yes' },
  { options: '-p tcp -m tcp ! --dport 80', holds: 'no' },
  { options: '-p tcp -m tcp --sport 1024:65535', holds: 'unknown' },
  {
    options: '-p tcp -m tcp --sport 40000',
    holds: 'yes',
    packet: { ...toNode, sourcePort: 40_000 },
  },
  { options: '-p tcp -m tcp --sport 1:65535', holds: 'yes' },
  { options: '-i eth0', holds: 'yes' },
  { options: '-i eth+', holds: 'yes' },
  { options: '-i +', holds: 'yes' },
  { options: '! -i eth0', holds: 'no' },
  { options: '-i cni0', holds: 'no' },
  { options: '-i cni0', holds: 'yes', ...onBridge },
  { options: '-i eth0', holds: 'unknown', packet: { ...toNode, source: '10.244.3.1' } },
  { options: '-o cni0', holds: 'yes', ...forwarded },
  { options: '-o eth0', holds: 'no', ...forwarded },
  { options: '-o eth0', holds: 'yes', ...sent },
  { options: '-m conntrack --ctstate NEW', holds: 'yes' },
  { options: '-m conntrack --ctstate RELATED,ESTABLISHED', holds: 'no' },
  { options: '-m conntrack --ctstate INVALID', holds: 'no' },
  { options: '-m conntrack ! --ctstate NEW', holds: 'no' },
  { options: '-m conntrack --ctstate DNAT', holds: 'no' },
  { options: '-m state --state NEW', holds: 'yes' },
  { options: '-m conntrack --ctorigdst 192.0.2.11', holds: 'yes' },
  { options: '-m conntrack --ctorigdst 192.0.2.12', holds: 'no' },
  { options: '-m conntrack --ctorigdst 192.0.2.0/24 --ctproto tcp', holds: 'yes' },
  { options: '-m conntrack --ctorigsrc 192.0.2.100', holds: 'yes' },
  { options: '-m conntrack --ctorigdstport 80 --ctdir ORIGINAL', holds: 'yes' },
  { options: '-m conntrack --ctorigdstport 81', holds: 'no' },
  { options: '-m conntrack --ctdir REPLY', holds: 'no' },
  { options: '-m conntrack --ctexpire 10', holds: 'unknown' },
  { options: '-m mark --mark 0x4000/0x4000', holds: 'yes', packet: { ...toNode, mark: 0xc000 } },
  { options: '-m mark --mark 0x4000/0x4000', holds: 'no' },
  { options: '-m mark ! --mark 0x4000/0x4000', holds: 'yes' },
  { options: '-m connmark --mark 0x1/0x1', holds: 'no' },
  { options: '-m connmark ! --mark 0x1/0x1', holds: 'yes' },
  { options: '-m addrtype --dst-type LOCAL', holds: 'yes' },
  { options: '-m addrtype --src-type LOCAL', holds: 'no' },
  { options: '-m addrtype ! --src-type LOCAL', holds: 'yes' },
  { options: '-m addrtype --dst-type LOCAL', holds: 'no', ...forwarded },
  { options: '-m addrtype --dst-type UNICAST', holds: 'yes', ...forwarded },
  {
    options: '-m addrtype --dst-type MULTICAST',
    holds: 'yes',
    packet: { ...toNode, destination: '224.0.0.1' },
    chain: 'FORWARD',
  },
  {
    options: '-m addrtype --dst-type BROADCAST',
    holds: 'yes',
    packet: { ...toNode, destination: '192.0.2.255' },
    chain: 'FORWARD',
  },
  { options: '-m addrtype --src-type UNICAST --dst-type LOCAL', holds: 'yes' },
  { options: '-m addrtype --dst-type LOCAL --limit-iface-in', holds: 'yes' },
  { options: '-m addrtype --dst-type LOCAL --limit-iface-in', holds: 'no', ...onBridge },
  { options: '-m physdev --physdev-is-in', holds: 'yes', ...onBridge },
  { options: '-m physdev --physdev-is-in', holds: 'no' },
  { options: '-m physdev ! --physdev-is-in', holds: 'yes' },
  { options: '-m physdev --physdev-in v-p1', holds: 'unknown', ...onBridge },
  {
    options: '-m physdev --physdev-in v-+',
    holds: 'yes',
    packet: { ...fromPod, bridgePort: 'v-p1' },
  },
  { options: '-m physdev --physdev-is-bridged', holds: 'unknown', ...onBridge },
  { options: '-m physdev --physdev-is-bridged', holds: 'no' },
  { options: '-m comment --comment "any words"', holds: 'yes' },
  { options: '-m recent --set --name LIST --mask 255.255.255.255 --rsource', holds: 'yes' },
  { options: '-m recent --rcheck --seconds 10 --name LIST --rsource', holds: 'no' },
  { options: '-m recent --update --seconds 10 --name LIST --rsource', holds: 'unknown' },
  { options: '-m multiport --dports 22,80,443', holds: 'yes' },
  { options: '-m multiport --dports 22,79:81', holds: 'yes' },
  { options: '-m multiport --dports 22,443', holds: 'no' },
  { options: '-m multiport ! --dports 22,443', holds: 'yes' },
  { options: '-m multiport --sports 22', holds: 'unknown' },
  { options: '-m multiport --ports 80', holds: 'yes' },
  { options: '-m limit --limit 5/min', holds: 'yes' },
  { options: '-m hashlimit --hashlimit-upto 5/min --hashlimit-name n', holds: 'yes' },
  { options: '-m hashlimit --hashlimit-above 5/min --hashlimit-name n', holds: 'no' },
  { options: '-m nfacct --nfacct-name n', holds: 'yes' },
  { options: '-p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN', holds: 'yes' },
  { options: '-p tcp -m tcp --syn', holds: 'yes' },
  { options: '-p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN', holds: 'no' },
  { options: '-p tcp -m tcp --tcp-flags ALL NONE', holds: 'no' },
  { options: '-p tcp -m tcp --tcp-option 2', holds: 'unknown' },
  { options: '-f', holds: 'no' },
  { options: '! -f', holds: 'yes' },
  { options: '-p icmp -m icmp --icmp-type 8', holds: 'yes', packet: ping },
  { options: '-p icmp -m icmp --icmp-type echo-request', holds: 'yes', packet: ping },
  { options: '-p icmp -m icmp --icmp-type 0', holds: 'no', packet: ping },
  { options: '-p icmp', holds: 'no' },
  { options: '-m owner --uid-owner 1000', holds: 'unknown', ...sent },
  {
    options: '-m owner --uid-owner 1000',
    holds: 'yes',
    chain: 'OUTPUT',
    packet: { ...fromNode, uid: 1000 },
  },
  {
    options: '-m owner --uid-owner 0-99',
    holds: 'no',
    chain: 'OUTPUT',
    packet: { ...fromNode, uid: 1000 },
  },
  {
    options: '-m owner ! --gid-owner 5',
    holds: 'yes',
    chain: 'OUTPUT',
    packet: { ...fromNode, gid: 6 },
  },
  { options: '-m owner --socket-exists', holds: 'yes', ...sent },
  { options: '-m owner --uid-owner 1000', holds: 'no' },
  { options: '-m iprange --src-range 192.0.2.90-192.0.2.110', holds: 'yes' },
  { options: '-m iprange --dst-range 192.0.2.90-192.0.2.110', holds: 'no' },
  { options: '-m rpfilter', holds: 'yes' },
  { options: '-m rpfilter --invert', holds: 'no' },
  { options: '-m rpfilter', holds: 'no', packet: { ...toNode, inInterface: 'cni0' } },
  { options: '-m set --match-set MISSING src', holds: 'unknown' },
  { options: '-m ipvs --vaddr 192.0.2.11 --vproto tcp --vport 80', holds: 'no' },
  { options: '-m u32 --u32 "0>>22&0x3C@0>>24=0x45"', holds: 'unknown' },
  { options: '-m string --algo bm --string GET', holds: 'unknown' },
  { options: '-m quota --quota 5', holds: 'unknown' },
  { options: '-p sctp -m sctp --chunk-types any INIT', holds: 'no' },
  { options: '-m u32 --u32 "0=0" -p udp', holds: 'no' },
];

const verdicts: Readonly<Record<Holds, readonly RegExp[]>> = {
  yes: [/^1 dropped/],
  no: [/^1 accepted/],
  unknown: [/^0.5 accepted/, /^0.5 unknown/],
};

function filesOf({ options, chain = 'INPUT' }: Row): ReturnType<typeof iptables> {
  return iptables([`-A ${chain} ${options} -j DROP`]);
}

test.for(rows)('$options: $holds', (row) => {
  const fates = fatesOf(filesOf(row), row.packet ?? toNode);
  expect(fates).toHaveLength(verdicts[row.holds].length);
  for (const [index, verdict] of verdicts[row.holds].entries())
    expect(fates[index]).toMatch(verdict);
});

test('a packet on record is found in its list', () => {
  const rule = '-A INPUT -m recent --rcheck --seconds 10 --name LIST --rsource -j DROP';
  const onRecord = { ...environment, recent: [{ list: 'LIST', entry: '192.0.2.100' }] };
  expect(fatesOf(iptables([rule]), toNode, onRecord)).toEqual(['1 dropped 192.0.2.11:80']);
  const other = { ...environment, recent: [{ list: 'OTHER', entry: '192.0.2.100' }] };
  expect(fatesOf(iptables([rule]), toNode, other)).toEqual([
    '1 accepted 192.0.2.11:80 from 192.0.2.100',
  ]);
});

test('chance parts packets', () => {
  const rules = iptables([
    '-A INPUT -m statistic --mode random --probability 0.25 -j DROP',
    '-A INPUT -m statistic --mode nth --every 3 --packet 0 -j REJECT',
  ]);
  expect(fatesOf(rules, toNode)).toEqual([
    '0.5 accepted 192.0.2.11:80 from 192.0.2.100',
    '0.25 dropped 192.0.2.11:80',
    '0.25 rejected 192.0.2.11:80 icmp-port-unreachable',
  ]);
});

test('every kind of match was tried', () => {
  const kinds = new Set(rows.flatMap((row) => matchesOf(row).map(({ kind }) => kind)));
  const expected: Record<NormalMatch['kind'], true> = {
    source: true,
    destination: true,
    inInterface: true,
    outInterface: true,
    protocol: true,
    sourcePort: true,
    destinationPort: true,
    comment: true,
    conntrack: true,
    mark: true,
    addrtype: true,
    set: true,
    ipvs: true,
    physdevIsIn: true,
    statistic: true,
    recentSet: true,
    recentCheck: true,
    nfacct: true,
    other: true,
  };
  expect([...kinds, 'statistic'].toSorted()).toEqual(Object.keys(expected).toSorted());
});

function matchesOf(row: Row): readonly NormalMatch[] {
  const { document } = parseIptables(filesOf(row)['ipv4.iptables-save'] ?? '');
  const chains = [...normalizeSaved(document, 'IPv4').tables.values()].flatMap(
    ({ chains: own }) => [...own.values()],
  );
  return chains.flatMap(({ rules }) => rules.flatMap(({ matches }) => matches));
}
