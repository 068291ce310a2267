import { API, WEB } from './breakage.ts';
import type { Breakage } from './breakage.ts';

const SERVER = 'tcp 10.96.0.10:80';

/** Ways to break ipvs mode. */
export const IPVS_BREAKAGES: readonly Breakage[] = [
  {
    name: 'a cluster IP is deleted from its set',
    script: 'ipset del KUBE-CLUSTER-IP 10.96.0.10,tcp:80',
    findings: [`missing: ipset, KUBE-CLUSTER-IP, ${WEB}`],
    broken: [WEB],
  },
  {
    name: 'an endpoint is deleted from a set',
    script: 'ipset del KUBE-LOOP-BACK 10.244.1.5,tcp:8080,10.244.1.5',
    findings: [`missing: ipset, KUBE-LOOP-BACK, ${WEB}, 10.244.1.5:8080`],
    broken: [WEB],
  },
  {
    name: 'a node port is deleted from its set',
    script: 'ipset del KUBE-NODE-PORT-TCP 30443',
    findings: [`missing: ipset, KUBE-NODE-PORT-TCP, ${API}`],
    broken: [API],
  },
  {
    name: 'a set has an address of no Service',
    script: 'ipset add KUBE-CLUSTER-IP 10.96.0.99,tcp:80',
    findings: ['extra: ipset, KUBE-CLUSTER-IP'],
    broken: [],
  },
  {
    name: 'a source range is another',
    script: `
      ipset del KUBE-LOAD-BALANCER-SOURCE-CIDR 203.0.113.5,tcp:443,203.0.113.0/25
      ipset add KUBE-LOAD-BALANCER-SOURCE-CIDR 203.0.113.5,tcp:443,198.51.100.0/24
    `,
    findings: [
      `missing: ipset, KUBE-LOAD-BALANCER-SOURCE-CIDR, ${API}`,
      `extra: ipset, KUBE-LOAD-BALANCER-SOURCE-CIDR, ${API}`,
    ],
    broken: [API],
  },
  {
    name: 'a real server is deleted',
    script: 'ipvsadm -d -t 10.96.0.10:80 -r 10.244.2.6:8080',
    findings: [`missing: ipvs, ${SERVER}, ${WEB}, 10.244.2.6:8080`],
    broken: [WEB],
  },
  {
    name: 'a real server of IPv6 is deleted',
    script: 'ipvsadm -d -t [fd00:10:96::10]:80 -r [fd00:10:244:2::6]:8080',
    findings: [`missing: ipvs, tcp [fd00:10:96::10]:80, ${WEB}, [fd00:10:244:2::6]:8080`],
    broken: [WEB],
  },
  {
    name: 'a real server has another weight',
    script: 'ipvsadm -e -t 10.96.0.10:80 -r 10.244.2.6:8080 -m -w 0',
    findings: [`changed: ipvs, ${SERVER}, ${WEB}, 10.244.2.6:8080`],
    broken: [WEB],
  },
  {
    name: 'there is a real server of an endpoint that is no more',
    script: 'ipvsadm -a -t 10.96.0.10:80 -r 10.244.9.9:8080 -m -w 1',
    findings: [`extra: ipvs, ${SERVER}, ${WEB}`],
    broken: [WEB],
  },
  {
    name: 'a virtual server has another scheduler',
    script: 'ipvsadm -E -t 10.96.0.10:80 -s wrr',
    findings: [`changed: ipvs, ${SERVER}, ${WEB}`],
    broken: [WEB],
  },
  {
    name: 'a virtual server is deleted',
    script: 'ipvsadm -D -t 10.96.0.10:80',
    findings: [`missing: ipvs, ${SERVER}, ${WEB}`],
    broken: [WEB],
  },
  {
    name: 'there is what a former Service had',
    script: `
      ip addr add 10.96.0.99/32 dev kube-ipvs0
      ipvsadm -A -t 10.96.0.99:80 -s rr
      ipvsadm -a -t 10.96.0.99:80 -r 10.244.9.9:8080 -m -w 1
    `,
    findings: ['extra: addresses kube-ipvs0, kube-ipvs0', 'extra: ipvs, tcp 10.96.0.99:80'],
    broken: [],
  },
  {
    name: 'an address is deleted',
    script: 'ip addr del 10.96.0.10/32 dev kube-ipvs0',
    findings: [`missing: addresses kube-ipvs0, kube-ipvs0, ${WEB}`],
    broken: [WEB],
  },
  {
    name: 'a jump from a built-in chain is deleted',
    script: 'iptables-legacy -t nat -D PREROUTING 1',
    findings: ['unreachable: iptables IPv4 nat, PREROUTING'],
    message: 'PREROUTING does not jump to KUBE-SERVICES',
    broken: 'all',
  },
  {
    name: 'two rules are swapped',
    script: `
      iptables-legacy -t nat -D KUBE-SERVICES 1
      iptables-legacy -t nat -I KUBE-SERVICES 2 -s 127.0.0.0/8 -j RETURN
    `,
    findings: ['changed: iptables IPv4 nat, KUBE-SERVICES'],
    message: 'The rule stands in another place than it should',
    broken: 'all',
  },
  {
    name: 'others have sets, virtual servers and addresses',
    script: `
      ipset create KUBE-ROUTER-1 hash:ip
      ipset add KUBE-ROUTER-1 192.0.2.77
      ipvsadm -A -t 198.51.100.99:80 -s rr
      ipvsadm -a -t 198.51.100.99:80 -r 192.0.2.88:80 -m
      ip link add other0 type dummy
      ip addr add 10.96.0.99/32 dev other0
    `,
    findings: [],
    foreign: 3,
    broken: [],
  },
];
