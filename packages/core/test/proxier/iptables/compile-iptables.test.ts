import { expect, test } from 'vitest';
import { compileIptables } from '../../../src/proxier/iptables/compile-iptables.ts';
import type { IptablesRuleset } from '../../../src/proxier/iptables/ruleset.ts';
import { printRestore } from '../../../src/ruleset/iptables/index.ts';
import type { Release, SnapshotInput } from '../../../src/index.ts';
import { serviceInput, sliceInput, snapshotOf } from '../../support/cluster.ts';

function compileInput(input: SnapshotInput, release: Release = '1.36'): IptablesRuleset {
  return compileIptables(snapshotOf(input), release);
}

function print(ruleset: IptablesRuleset, family: 'ipv4' | 'ipv6' = 'ipv4'): string {
  return printRestore(ruleset[family].document);
}

const config = { clusterCIDR: '10.0.0.0/8' };

test('the small example of the specification, section 2.14', () => {
  const ruleset = compileInput({
    config,
    services: [serviceInput()],
    endpointSlices: [sliceInput({ endpoints: [{ addresses: ['10.180.0.1'] }] })],
  });
  expect(print(ruleset).slice(print(ruleset).indexOf('*nat'))).toBe(`*nat
:KUBE-SERVICES - [0:0]
:KUBE-NODEPORTS - [0:0]
:KUBE-POSTROUTING - [0:0]
:KUBE-MARK-MASQ - [0:0]
:KUBE-SVC-XPGD46QRK7WJZT7O - [0:0]
:KUBE-SEP-SXIVWICOYRO3J4NJ - [0:0]
-A KUBE-POSTROUTING -m mark ! --mark 0x00004000/0x00004000 -j RETURN
-A KUBE-POSTROUTING -j MARK --xor-mark 0x00004000
-A KUBE-POSTROUTING -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE --random-fully
-A KUBE-MARK-MASQ -j MARK --or-mark 0x00004000
-A KUBE-SERVICES -m comment --comment "ns1/svc1:p80 cluster IP" -m tcp -p tcp -d 172.30.0.41 --dport 80 -j KUBE-SVC-XPGD46QRK7WJZT7O
-A KUBE-SVC-XPGD46QRK7WJZT7O -m comment --comment "ns1/svc1:p80 cluster IP" -m tcp -p tcp -d 172.30.0.41 --dport 80 ! -s 10.0.0.0/8 -j KUBE-MARK-MASQ
-A KUBE-SVC-XPGD46QRK7WJZT7O -m comment --comment "ns1/svc1:p80 -> 10.180.0.1:80" -j KUBE-SEP-SXIVWICOYRO3J4NJ
-A KUBE-SEP-SXIVWICOYRO3J4NJ -m comment --comment ns1/svc1:p80 -s 10.180.0.1 -j KUBE-MARK-MASQ
-A KUBE-SEP-SXIVWICOYRO3J4NJ -m comment --comment ns1/svc1:p80 -m tcp -p tcp -j DNAT --to-destination 10.180.0.1:80
-A KUBE-SERVICES -m comment --comment "kubernetes service nodeports; NOTE: this must be the last rule in this chain" -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS
COMMIT
`);
});

test('the second example of the specification, section 2.15', () => {
  const ruleset = compileInput({
    config,
    services: [
      serviceInput({
        metadata: { name: 'svc2', namespace: 'ns2' },
        type: 'LoadBalancer',
        clusterIP: '172.30.0.42',
        ports: [{ name: 'p80', port: 80, nodePort: 3001 }],
        loadBalancerSourceRanges: ['203.0.113.0/25'],
        externalTrafficPolicy: 'Local',
        healthCheckNodePort: 30000,
        ingress: [{ ip: '5.6.7.8' }],
      }),
    ],
    endpointSlices: [
      sliceInput({
        metadata: {
          name: 'svc2-a',
          namespace: 'ns2',
          labels: { 'kubernetes.io/service-name': 'svc2' },
        },
        endpoints: [{ addresses: ['10.180.0.2'], nodeName: 'node-b' }],
      }),
    ],
  });
  expect(print(ruleset)).toBe(`*filter
:KUBE-SERVICES - [0:0]
:KUBE-EXTERNAL-SERVICES - [0:0]
:KUBE-FORWARD - [0:0]
:KUBE-NODEPORTS - [0:0]
:KUBE-PROXY-FIREWALL - [0:0]
:KUBE-FIREWALL - [0:0]
-A KUBE-FIREWALL -m comment --comment "block incoming localnet connections" -d 127.0.0.0/8 ! -s 127.0.0.0/8 -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP
-A KUBE-PROXY-FIREWALL -m comment --comment "ns2/svc2:p80 traffic not accepted by KUBE-FW-GNZBNJ2PO5MGZ6GT" -m tcp -p tcp -d 5.6.7.8 --dport 80 -j DROP
-A KUBE-EXTERNAL-SERVICES -m comment --comment "ns2/svc2:p80 has no local endpoints" -m tcp -p tcp -d 5.6.7.8 --dport 80 -j DROP
-A KUBE-EXTERNAL-SERVICES -m comment --comment "ns2/svc2:p80 has no local endpoints" -m addrtype --dst-type LOCAL -m tcp -p tcp --dport 3001 -j DROP
-A KUBE-NODEPORTS -m comment --comment "ns2/svc2:p80 health check node port" -m tcp -p tcp --dport 30000 -j ACCEPT
-A KUBE-FORWARD -m conntrack --ctstate INVALID -j DROP
-A KUBE-FORWARD -m comment --comment "kubernetes forwarding rules" -m mark --mark 0x00004000/0x00004000 -j ACCEPT
-A KUBE-FORWARD -m comment --comment "kubernetes forwarding conntrack rule" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
COMMIT
*nat
:KUBE-SERVICES - [0:0]
:KUBE-NODEPORTS - [0:0]
:KUBE-POSTROUTING - [0:0]
:KUBE-MARK-MASQ - [0:0]
:KUBE-EXT-GNZBNJ2PO5MGZ6GT - [0:0]
:KUBE-FW-GNZBNJ2PO5MGZ6GT - [0:0]
:KUBE-SVC-GNZBNJ2PO5MGZ6GT - [0:0]
:KUBE-SEP-RS4RBKLTHTF2IUXJ - [0:0]
-A KUBE-POSTROUTING -m mark ! --mark 0x00004000/0x00004000 -j RETURN
-A KUBE-POSTROUTING -j MARK --xor-mark 0x00004000
-A KUBE-POSTROUTING -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE --random-fully
-A KUBE-MARK-MASQ -j MARK --or-mark 0x00004000
-A KUBE-SERVICES -m comment --comment "ns2/svc2:p80 cluster IP" -m tcp -p tcp -d 172.30.0.42 --dport 80 -j KUBE-SVC-GNZBNJ2PO5MGZ6GT
-A KUBE-SERVICES -m comment --comment "ns2/svc2:p80 loadbalancer IP" -m tcp -p tcp -d 5.6.7.8 --dport 80 -j KUBE-FW-GNZBNJ2PO5MGZ6GT
-A KUBE-NODEPORTS -m comment --comment ns2/svc2:p80 -m tcp -p tcp --dport 3001 -j KUBE-EXT-GNZBNJ2PO5MGZ6GT
-A KUBE-SVC-GNZBNJ2PO5MGZ6GT -m comment --comment "ns2/svc2:p80 cluster IP" -m tcp -p tcp -d 172.30.0.42 --dport 80 ! -s 10.0.0.0/8 -j KUBE-MARK-MASQ
-A KUBE-EXT-GNZBNJ2PO5MGZ6GT -m comment --comment "pod traffic for ns2/svc2:p80 external destinations" -s 10.0.0.0/8 -j KUBE-SVC-GNZBNJ2PO5MGZ6GT
-A KUBE-EXT-GNZBNJ2PO5MGZ6GT -m comment --comment "masquerade LOCAL traffic for ns2/svc2:p80 external destinations" -m addrtype --src-type LOCAL -j KUBE-MARK-MASQ
-A KUBE-EXT-GNZBNJ2PO5MGZ6GT -m comment --comment "route LOCAL traffic for ns2/svc2:p80 external destinations" -m addrtype --src-type LOCAL -j KUBE-SVC-GNZBNJ2PO5MGZ6GT
-A KUBE-FW-GNZBNJ2PO5MGZ6GT -m comment --comment "ns2/svc2:p80 loadbalancer IP" -s 203.0.113.0/25 -j KUBE-EXT-GNZBNJ2PO5MGZ6GT
-A KUBE-FW-GNZBNJ2PO5MGZ6GT -m comment --comment "other traffic to ns2/svc2:p80 will be dropped by KUBE-PROXY-FIREWALL"
-A KUBE-SVC-GNZBNJ2PO5MGZ6GT -m comment --comment "ns2/svc2:p80 -> 10.180.0.2:80" -j KUBE-SEP-RS4RBKLTHTF2IUXJ
-A KUBE-SEP-RS4RBKLTHTF2IUXJ -m comment --comment ns2/svc2:p80 -s 10.180.0.2 -j KUBE-MARK-MASQ
-A KUBE-SEP-RS4RBKLTHTF2IUXJ -m comment --comment ns2/svc2:p80 -m tcp -p tcp -j DNAT --to-destination 10.180.0.2:80
-A KUBE-SERVICES -m comment --comment "kubernetes service nodeports; NOTE: this must be the last rule in this chain" -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS
COMMIT
`);
});

test('it says for which node, release and families it is, and how much is in it', () => {
  const { mode, release, nodeName, summary, ipv4, ipv6, diagnostics } = compileInput(
    { services: [serviceInput()] },
    '1.30',
  );
  expect({ mode, release, nodeName, summary, diagnostics }).toEqual({
    mode: 'iptables',
    release: '1.30',
    nodeName: 'node-a',
    summary: { services: 1, servicePorts: 1, endpoints: 0 },
    diagnostics: [],
  });
  expect([ipv4.family, ipv6.family]).toEqual(['IPv4', 'IPv6']);
});

test('addresses for node ports that the node has not are reported', () => {
  const { diagnostics } = compileInput({ config: { nodePortAddresses: ['10.99.0.0/16'] } });
  expect(diagnostics.map(({ code }) => code)).toEqual(['NODE_PORT_ADDRESSES_EMPTY']);
});

test.for<[string, SnapshotInput['config'], boolean]>([
  ['by default', {}, true],
  ['with localhostNodePorts off', { iptables: { localhostNodePorts: false } }, false],
  ['if nodePortAddresses leave loopback out', { nodePortAddresses: ['192.0.2.0/24'] }, false],
  ['if nodePortAddresses hold loopback', { nodePortAddresses: ['127.0.0.0/8'] }, true],
])('node ports answer on loopback %s', ([, configuration, answers]) => {
  const ruleset = compileInput({ config: configuration ?? {} });
  expect(ruleset.ipv4.sysctls).toEqual(
    answers ? [{ name: 'net.ipv4.conf.all.route_localnet', value: 1 }] : [],
  );
  expect(ruleset.ipv6.sysctls).toEqual([]);
  expect(print(ruleset).includes('KUBE-FIREWALL')).toBe(answers);
  expect(print(ruleset, 'ipv6')).not.toContain('KUBE-FIREWALL');
});

const liberal = 'net.netfilter.nf_conntrack_tcp_be_liberal';

test.for<[string, SnapshotInput, boolean]>([
  ['by default', {}, true],
  ['if the node’s sysctl says so', { nodeState: { sysctls: { [liberal]: 0 } } }, true],
  ['unless conntrack is liberal', { nodeState: { sysctls: { [liberal]: 1 } } }, false],
  ['unless it is configured liberal', { config: { conntrack: { tcpBeLiberal: true } } }, false],
  [
    'unless it is configured liberal, whatever the node said',
    { config: { conntrack: { tcpBeLiberal: true } }, nodeState: { sysctls: { [liberal]: 0 } } },
    false,
  ],
])('packets of state INVALID are dropped %s', ([, input, drops]) => {
  const ruleset = compileInput(input);
  for (const family of ['ipv4', 'ipv6'] as const)
    expect(print(ruleset, family).includes('--ctstate INVALID')).toBe(drops);
});

const nodePortService = serviceInput({ ports: [{ name: 'p80', port: 80, nodePort: 3001 }] });
const endpointSlices = [sliceInput({ endpoints: [{ addresses: ['10.180.0.1'] }] })];
const invalidCounter = '--nfacct-name ct_state_invalid_dropped_pkts';
const localhostCounter = '--nfacct-name localhost_nps_accepted_pkts';

test.for<[string, Release, SnapshotInput, readonly string[]]>([
  [
    'both counters',
    '1.36',
    { nodeState: { iptables: { nfacct: true } } },
    [localhostCounter, invalidCounter],
  ],
  [
    'no counter of loopback where node ports do not answer there',
    '1.36',
    {
      nodeState: { iptables: { nfacct: true } },
      config: { iptables: { localhostNodePorts: false } },
    },
    [invalidCounter],
  ],
  [
    'none where the kernel has no xt_nfacct',
    '1.36',
    { nodeState: { iptables: { nfacct: false } } },
    [],
  ],
  ['none where nothing is known of the kernel', '1.36', {}, []],
  ['none in release 1.30', '1.30', { nodeState: { iptables: { nfacct: true } } }, []],
])('rules have %s', ([, release, input, counters]) => {
  const ruleset = compileInput({ ...input, services: [nodePortService], endpointSlices }, release);
  for (const counter of [localhostCounter, invalidCounter])
    expect(print(ruleset).includes(counter)).toBe(counters.includes(counter));
});

test.for<[SnapshotInput['nodeState'], boolean]>([
  [{}, true],
  [{ iptables: { randomFully: true } }, true],
  [{ iptables: { randomFully: false } }, false],
])('with the NodeState %o ports are masqueraded at random: %s', ([nodeState, randomFully]) => {
  const ruleset = compileInput({ nodeState: nodeState ?? {} });
  expect(print(ruleset).includes('-j MASQUERADE --random-fully\n')).toBe(randomFully);
  expect(print(ruleset).includes('-j MASQUERADE\n')).toBe(!randomFully);
});

test('the mark is the configured bit, from 0 to 31', () => {
  for (const [bit, mark] of [
    [0, '0x00000001'],
    [14, '0x00004000'],
    [31, '0x80000000'],
  ] as const) {
    const ruleset = compileInput({ config: { iptables: { masqueradeBit: bit } } });
    expect(print(ruleset)).toContain(`-A KUBE-MARK-MASQ -j MARK --or-mark ${mark}\n`);
  }
});

function clusterOf(count: number): SnapshotInput {
  return {
    config,
    services: [serviceInput()],
    endpointSlices: [
      sliceInput({
        endpoints: Array.from({ length: count }, (_, index) => ({
          addresses: [`10.1.${index >> 8}.${index & 255}`],
        })),
      }),
    ],
  };
}

test('above a thousand endpoints only the comments of endpoints go', () => {
  const [small, large] = [1000, 1001].map((count) => print(compileInput(clusterOf(count))));
  expect(small).toContain('--comment "ns1/svc1:p80 -> 10.1.0.0:80"');
  expect(small).toContain('--comment ns1/svc1:p80 ');
  expect(large).not.toContain('->');
  expect(large).not.toContain('--comment ns1/svc1:p80 ');
  expect(large).toContain('--comment "ns1/svc1:p80 cluster IP"');
  expect(large).toContain('--probability 0.0009990010 ');
});
