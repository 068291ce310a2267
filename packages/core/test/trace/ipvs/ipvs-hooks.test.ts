import { expect, test } from 'vitest';
import {
  environment,
  fatesOf,
  fromNode,
  outcomesOf,
  toNode,
  type Dumps,
} from '../../support/trace.ts';

const servers = (scheduler: string, ...weights: readonly number[]): string =>
  [
    `-A -t 10.96.0.1:80 -s ${scheduler}`,
    ...weights.map(
      (weight, index) => `-a -t 10.96.0.1:80 -r 10.244.2.${index + 1}:8080 -m -w ${weight}`,
    ),
    '',
  ].join('\n');

function node(ipvsadm: string, iptables = ''): Dumps {
  return {
    'ipvsadm-save': ipvsadm,
    'ipv4.iptables-save': iptables,
    'ipv4.addresses': '10.96.0.1\n',
  };
}

const toService = { ...toNode, destination: '10.96.0.1' };
const at = (pod: number, probability: number): string =>
  `${probability} delivered 10.244.2.${pod}:8080 from 192.0.2.100`;

test.for<[string, readonly number[], readonly string[]]>([
  ['rr', [1, 3], [at(1, 0.5), at(2, 0.5)]],
  ['wrr', [1, 3], [at(1, 0.25), at(2, 0.75)]],
  ['lc', [1, 3], [at(1, 0.5), at(2, 0.5)]],
  ['wlc', [1, 1, 2], [at(1, 0.25), at(2, 0.25), at(3, 0.5)]],
  ['sh', [1, 1], [at(1, 0.5), at(2, 0.5)]],
  ['mh', [1, 1], [at(1, 0.5), at(2, 0.5)]],
  ['fo', [1, 5], [at(2, 1)]],
  ['rr', [0, 1], [at(2, 1)]],
])('%s with weights %j', ([scheduler, weights, fates]) => {
  expect(fatesOf(node(servers(scheduler, ...weights)), toService)).toEqual(fates);
});

test('where no server takes new clients, the kernel refuses', () => {
  const refused = ['1 rejected 10.96.0.1:80 icmp-port-unreachable'];
  expect(fatesOf(node(servers('rr')), toService)).toEqual(refused);
  expect(fatesOf(node(servers('rr', 0)), toService)).toEqual(refused);
});

test('a port that no virtual server has is for the node itself', () => {
  expect(fatesOf(node(servers('rr', 1)), { ...toService, destinationPort: 81 })).toEqual([
    '1 accepted 10.96.0.1:81 from 192.0.2.100',
  ]);
});

test('an address that the node does not have is routed past IPVS', () => {
  const files = { 'ipvsadm-save': servers('rr', 1) };
  expect(fatesOf(files, toService)).toEqual(['1 accepted 10.96.0.1:80 from 192.0.2.100']);
});

test('persistence does not bind a first client', () => {
  const persistent = servers('rr', 1, 1).replace('-s rr', '-s rr -p 10800');
  expect(fatesOf(node(persistent), toService)).toEqual([at(1, 0.5), at(2, 0.5)]);
});

test('marks come before addresses', () => {
  const files = node(`${servers('rr', 1)}-A -f 5 -s rr\n-a -f 5 -r 10.244.2.9:0 -m -w 1\n`);
  expect(fatesOf(files, { ...toService, mark: 5 })).toEqual([
    '1 delivered 10.244.2.9:80 from 192.0.2.100',
  ]);
});

test('a server on the node itself gets the packet in INPUT, others through OUTPUT and POSTROUTING', () => {
  const rules = '*nat\n-A POSTROUTING -j MASQUERADE\nCOMMIT\n';
  const ipvsadm = `${servers('rr', 1)}-a -t 10.96.0.1:80 -r 192.0.2.11:10250 -m -w 1\n`;
  expect(fatesOf(node(ipvsadm, rules), toService)).toEqual([
    '0.5 delivered 10.244.2.1:8080 from 192.0.2.11 masqueraded',
    '0.5 delivered 192.0.2.11:10250 from 192.0.2.100',
  ]);
});

test('IPVS comes after the rules of INPUT, and before those of OUTPUT, which know its connections', () => {
  const closed = node(servers('rr', 1), '*filter\n-A INPUT -d 10.96.0.1/32 -j REJECT\nCOMMIT\n');
  expect(fatesOf(closed, toService)).toEqual(['1 rejected 10.96.0.1:80 icmp-port-unreachable']);
  const watched = node(
    servers('rr', 1),
    '*filter\n-A OUTPUT -d 10.96.0.1/32 -j REJECT\n-A OUTPUT -m ipvs --vaddr 10.96.0.1 --vproto tcp --vport 80 -j DROP\nCOMMIT\n',
  );
  expect(fatesOf(watched, toService)).toEqual(['1 dropped 10.244.2.1:8080']);
  expect(fatesOf(watched, { ...fromNode, destination: '10.96.0.1' })).toEqual([
    '1 dropped 10.244.2.1:8080',
  ]);
});

test("the node calls with the service's own address, which is local", () => {
  expect(fatesOf(node(servers('rr', 1)), { ...fromNode, destination: '10.96.0.1' })).toEqual([
    '1 delivered 10.244.2.1:8080 from 10.96.0.1',
  ]);
});

test('the choice is a step with the line of the server', () => {
  const [outcome] = outcomesOf(node(servers('rr', 1, 1)), toService, environment);
  expect(outcome?.path).toMatchObject([
    { kind: 'route', to: 'node' },
    {
      kind: 'virtualServer',
      service: 'tcp 10.96.0.1:80',
      scheduler: 'rr',
      realServer: '10.244.2.1:8080',
      probability: 0.5,
      file: 'ipvsadm-save',
      line: 2,
    },
    { kind: 'route', to: 'network', interface: 'eth0' },
  ]);
});

test('where the virtual servers were not dumped, what becomes of their packets is unknown', () => {
  const files = { 'ipv4.addresses': '10.96.0.1\n', 'ipv4.iptables-save': '' };
  const unknown = ['1 unknown 10.96.0.1:80 (the virtual servers of IPVS)'];
  expect(fatesOf(files, toService)).toEqual(unknown);
  expect(fatesOf(files, { ...fromNode, destination: '10.96.0.1' })).toEqual(unknown);
  expect(fatesOf({ ...files, 'ipvsadm-save': '' }, toService)).toEqual([
    '1 accepted 10.96.0.1:80 from 192.0.2.100',
  ]);
});
