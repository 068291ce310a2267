import { parseSnapshot } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { parseClient } from '../../src/input/parse-client.ts';
import { parseTarget } from '../../src/input/parse-target.ts';
import { resolveTarget, type Destination } from '../../src/input/resolve-target.ts';

const { snapshot } = parseSnapshot(`
apiVersion: v1
kind: Node
metadata: { name: node-a }
---
apiVersion: v1
kind: Service
metadata: { name: dns, namespace: kube-system }
spec:
  clusterIPs: [10.96.0.10, "fd00::a"]
  clusterIP: 10.96.0.10
  ipFamilies: [IPv4, IPv6]
  ipFamilyPolicy: RequireDualStack
  ports: [{ name: dns, port: 53, protocol: UDP }, { name: dns-tcp, port: 53 }, { name: metrics, port: 9153 }]
---
apiVersion: v1
kind: Service
metadata: { name: six, namespace: prod }
spec: { clusterIP: "fd00::b", clusterIPs: ["fd00::b"], ipFamilies: [IPv6], ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: prod }
spec: { clusterIP: None, ports: [{ port: 5432 }] }
`);

function resolve(to: string, from = '10.244.1.5'): Destination {
  const client = parseClient(from);
  return resolveTarget(parseTarget(to), { snapshot, mode: 'iptables', release: '1.36', client });
}

test.for([
  ['10.96.0.99:1', '10.244.1.5', { address: '10.96.0.99', port: 1, protocol: 'tcp' }],
  ['dns:metrics', '10.244.1.5', { address: '10.96.0.10', port: 9153, protocol: 'tcp' }],
  ['kube-system/dns:9153', '10.244.1.5', { address: '10.96.0.10', port: 9153, protocol: 'tcp' }],
  ['dns:53/udp', '10.244.1.5', { address: '10.96.0.10', port: 53, protocol: 'udp' }],
  ['dns:dns', 'fd00:1::5', { address: 'fd00::a', port: 53, protocol: 'udp' }],
  ['dns:dns', 'node', { address: '10.96.0.10', port: 53, protocol: 'udp' }],
  ['prod/six', 'node', { address: 'fd00::b', port: 80, protocol: 'tcp' }],
] as const)('%s from %s', ([to, from, destination]) => {
  expect(resolve(to, from)).toMatchObject(destination);
});

test.for([
  ['dns', '10.244.1.5', 'which port? kube-system/dns:dns/udp or kube-system/dns:dns-tcp/tcp or'],
  ['dns:53', '10.244.1.5', 'which port? kube-system/dns:dns/udp or kube-system/dns:dns-tcp/tcp'],
  ['dns:80', '10.244.1.5', 'no such port of kube-system/dns; it has kube-system/dns:dns, '],
  ['dns:metric', '10.244.1.5', 'did you mean kube-system/dns:metrics?'],
  ['prod/nothing', '10.244.1.5', 'the snapshot has no such Service'],
  ['prod/db', '10.244.1.5', 'kube-proxy does nothing for prod/db; it is headless'],
  ['prod/six', '10.244.1.5', "the Service has no address of the client's family"],
] as const)('%s from %s is refused', ([to, from, says]) => {
  expect(() => resolve(to, from)).toThrow(says);
});
