import { API, IDLE, WEB } from './breakage.ts';
import type { Breakage } from './breakage.ts';

const NAT = 'iptables IPv4 nat';
const FILTER = 'iptables IPv4 filter';

const SVC = 'KUBE-SVC-CDGGSHYLG3RE2FKL';
const SEP5 = 'KUBE-SEP-AFGSLHOD2HFNCBX4';
const SEP6 = 'KUBE-SEP-3OLK2YUW6LHBC4UX';
const SEP7 = 'KUBE-SEP-DY76ZDMWORDP4GAT';
const API_FW = 'KUBE-FW-NT4S3MKQS7ZEZNJA';
const STALE_SVC = 'KUBE-SVC-AAAAAAAAAAAAAAAA';
const STALE_SEP = 'KUBE-SEP-BBBBBBBBBBBBBBBB';

const JUMPS_OF_WEB = [
  `missing: ${NAT}, ${SVC}, ${WEB}`,
  `missing: ${NAT}, ${SVC}, ${WEB}, 10.244.1.5:8080`,
  `missing: ${NAT}, ${SVC}, ${WEB}, 10.244.2.6:8080`,
  `missing: ${NAT}, ${SVC}, ${WEB}, 10.244.3.7:8080`,
];

const MAKE_STALE_CHAINS = `
ipt -t nat -N ${STALE_SEP}
ipt -t nat -A ${STALE_SEP} -p tcp -j DNAT --to-destination 10.244.9.9:8080
ipt -t nat -N ${STALE_SVC}
ipt -t nat -A ${STALE_SVC} -j ${STALE_SEP}
`;

/** Ways to break iptables mode; `ipt` and `ipt6` are the programs of one implementation. */
export const IPTABLES_BREAKAGES: readonly Breakage[] = [
  {
    name: 'a jump from a built-in chain is deleted',
    script: 'ipt -t nat -D PREROUTING 1',
    findings: [`unreachable: ${NAT}, PREROUTING`],
    message: 'PREROUTING does not jump to KUBE-SERVICES',
    broken: 'all',
  },
  {
    name: 'the only jump to a chain of the filter table is deleted',
    script: 'ipt -D FORWARD -m comment --comment "kubernetes forwarding rules" -j KUBE-FORWARD',
    findings: [`unreachable: ${FILTER}, FORWARD`],
    message: 'FORWARD does not jump to KUBE-FORWARD',
    broken: 'all',
  },
  {
    name: 'the rule for an endpoint is deleted',
    script: `ipt -t nat -D ${SVC} 4`,
    findings: [`missing: ${NAT}, ${SVC}, ${WEB}, 10.244.3.7:8080`],
    message: 'What is for endpoint 10.244.3.7:8080 [node-c] does not get there',
    broken: [WEB],
  },
  {
    name: 'the rule for a cluster IP is deleted',
    script: 'ipt -t nat -D KUBE-SERVICES 3',
    findings: [`missing: ${NAT}, KUBE-SERVICES, ${WEB}`],
    broken: [WEB],
  },
  {
    name: 'the rule that rejects is deleted',
    script: 'ipt -F KUBE-SERVICES',
    findings: [`missing: ${FILTER}, KUBE-SERVICES, ${IDLE}`],
    broken: [IDLE],
  },
  {
    name: 'a rule of IPv6 is deleted',
    script: `ipt6 -t nat -D ${SVC} 3`,
    findings: [`missing: iptables IPv6 nat, ${SVC}, ${WEB}, [fd00:10:244:2::6]:8080`],
    broken: [WEB],
  },
  {
    name: 'two rules are swapped',
    script: `
      ipt -t nat -D ${SVC} 2
      ipt -t nat -I ${SVC} 3 -m comment --comment "${WEB} -> 10.244.1.5:8080" -m statistic --mode random --probability 0.3333333333 -j ${SEP5}
    `,
    findings: [`changed: ${NAT}, ${SVC}, ${WEB}, 10.244.2.6:8080`],
    message: 'The rule stands in another place than it should',
    broken: [WEB],
  },
  {
    name: 'there is a chain of a former Service, and a jump to it',
    script: `${MAKE_STALE_CHAINS}
      ipt -t nat -I KUBE-SERVICES -d 10.96.0.99 -p tcp --dport 80 -j ${STALE_SVC}
    `,
    findings: [
      `extra: ${NAT}, KUBE-SERVICES`,
      `extra: ${NAT}, ${STALE_SVC}`,
      `extra: ${NAT}, ${STALE_SEP}`,
    ],
    message: 'still forwards to 10.244.9.9:8080',
    broken: 'all',
  },
  {
    name: 'there is a chain of a former Service, and a jump to it with a comment',
    script: `${MAKE_STALE_CHAINS}
      ipt -t nat -I KUBE-SERVICES -m comment --comment "default/gone:http cluster IP" -d 10.96.0.99 -p tcp --dport 80 -j ${STALE_SVC}
    `,
    findings: [
      `extra: ${NAT}, KUBE-SERVICES, default/gone:http`,
      `extra: ${NAT}, ${STALE_SVC}`,
      `extra: ${NAT}, ${STALE_SEP}`,
    ],
    broken: 'all',
  },
  {
    name: 'there are chains that nothing leads to',
    script: `ipt -t nat -N ${STALE_SVC}; ipt -t nat -A ${STALE_SVC} -p tcp -j DNAT --to-destination 10.244.9.9:8080; ipt -t mangle -N KUBE-PROXY-CANARY`,
    findings: [
      `harmless: ${NAT}, ${STALE_SVC}`,
      'harmless: iptables IPv4 mangle, KUBE-PROXY-CANARY',
    ],
    broken: [],
  },
  {
    name: 'a rule is there twice',
    script: `ipt -t nat -A ${SVC} -m comment --comment "${WEB} -> 10.244.3.7:8080" -j ${SEP7}`,
    findings: [`duplicate: ${NAT}, ${SVC}, ${WEB}, 10.244.3.7:8080`],
    broken: [WEB],
  },
  {
    name: 'a jump from a built-in chain is there twice',
    script:
      'ipt -t nat -A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES',
    findings: [`duplicate: ${NAT}, PREROUTING`],
    broken: 'all',
  },
  {
    name: 'a probability is another',
    script: `ipt -t nat -R ${SVC} 2 -m comment --comment "${WEB} -> 10.244.1.5:8080" -m statistic --mode random --probability 0.9 -j ${SEP5}`,
    findings: [`changed: ${NAT}, ${SVC}, ${WEB}, 10.244.1.5:8080`],
    message: 'The endpoint gets another share of the traffic than it should.',
    broken: [WEB],
  },
  {
    name: 'a DNAT leads to an endpoint that is no more',
    script: `ipt -t nat -R ${SEP6} 2 -p tcp -m comment --comment "${WEB}" -m tcp -j DNAT --to-destination 10.244.9.9:8080`,
    findings: [`changed: ${NAT}, ${SEP6}, ${WEB}, 10.244.2.6:8080`],
    message: 'It leads to 10.244.9.9:8080 instead of 10.244.2.6:8080.',
    broken: [WEB],
  },
  {
    name: 'the chain of a Service is flushed',
    script: `ipt -t nat -F ${SVC}`,
    findings: JUMPS_OF_WEB,
    broken: [WEB],
  },
  {
    name: 'the chain of an endpoint is deleted',
    script: `ipt -t nat -D ${SVC} 4; ipt -t nat -F ${SEP7}; ipt -t nat -X ${SEP7}`,
    findings: [
      `missing: ${NAT}, ${SVC}, ${WEB}, 10.244.3.7:8080`,
      `missing: ${NAT}, ${SEP7}, ${WEB}, 10.244.3.7:8080`,
    ],
    broken: [WEB],
  },
  {
    name: 'the chain that marks is flushed',
    script: 'ipt -t nat -F KUBE-MARK-MASQ',
    findings: [`missing: ${NAT}, KUBE-MARK-MASQ`],
    broken: 'all',
  },
  {
    name: 'a source range is another',
    script: `ipt -t nat -R ${API_FW} 1 -s 198.51.100.0/24 -m comment --comment "${API} loadbalancer IP" -j KUBE-EXT-NT4S3MKQS7ZEZNJA`,
    findings: [`changed: ${NAT}, ${API_FW}, ${API}`],
    broken: [API],
  },
  {
    name: 'an earlier rule of somebody else accepts all packets',
    script: 'ipt -t nat -I PREROUTING -j ACCEPT',
    findings: [`shadowed: ${NAT}, PREROUTING`],
    message: 'before the jump to KUBE-SERVICES',
    foreign: 1,
    broken: 'all',
  },
  {
    name: 'an earlier rule of somebody else accepts packets for an address of a Service',
    script: 'ipt -t nat -I OUTPUT -d 10.96.0.0/16 -p tcp -j ACCEPT',
    findings: [`shadowed: ${NAT}, OUTPUT`],
    foreign: 1,
    broken: 'all',
  },
  {
    name: 'others have rules, chains and policies that do not matter',
    script: `
      ipt -P FORWARD DROP
      ipt -t nat -N CNI-1
      ipt -t nat -A CNI-1 -d 10.244.0.0/16 -j ACCEPT
      ipt -t nat -A POSTROUTING -s 10.244.0.0/16 -j CNI-1
      ipt -t nat -I PREROUTING -d 198.51.100.7 -p tcp --dport 8080 -j DNAT --to-destination 10.244.1.77
      ipt -I INPUT -i lo -j ACCEPT
      ipt -t mangle -N KUBE-KUBELET-CANARY
    `,
    findings: [],
    foreign: 4,
    broken: [],
  },
  {
    name: 'the table nat was flushed',
    script: 'ipt -t nat -F; ipt -t nat -X',
    findings: [
      `unreachable: ${NAT}, OUTPUT`,
      `unreachable: ${NAT}, POSTROUTING`,
      `unreachable: ${NAT}, PREROUTING`,
      ...['KUBE-SERVICES', 'KUBE-NODEPORTS', 'KUBE-POSTROUTING', 'KUBE-MARK-MASQ'].map(
        (chain) => `missing: ${NAT}, ${chain}`,
      ),
      ...['EXT', 'FW', 'SVC'].map(
        (kind) => `missing: ${NAT}, KUBE-${kind}-NT4S3MKQS7ZEZNJA, ${API}`,
      ),
      `missing: ${NAT}, KUBE-SEP-CDSZNTHBXE456OTF, ${API}, 10.244.1.8:8443`,
      `missing: ${NAT}, KUBE-SEP-UP33WTUS6VDV4R3S, ${API}, 10.244.2.9:8443`,
      ...['EXT', 'SVC'].map((kind) => `missing: ${NAT}, KUBE-${kind}-CDGGSHYLG3RE2FKL, ${WEB}`),
      `missing: ${NAT}, ${SEP5}, ${WEB}, 10.244.1.5:8080`,
      `missing: ${NAT}, ${SEP6}, ${WEB}, 10.244.2.6:8080`,
      `missing: ${NAT}, ${SEP7}, ${WEB}, 10.244.3.7:8080`,
    ],
    broken: 'all',
  },
];
