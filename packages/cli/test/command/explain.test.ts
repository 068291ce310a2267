import { expect, test } from 'vitest';
import { shop } from '../support/cluster.ts';
import { goldenPath } from '../support/golden.ts';
import { runCommand } from '../support/run-command.ts';
import { withoutColor } from '../support/without-color.ts';

test.for([
  { args: ['prod/courier-gateway', shop, '-n', 'node-a'], golden: 'explain-shop.txt' },
  { args: ['prod/courier-gateway', shop, '-n', 'node-a', '--json'], golden: 'explain-shop.json' },
  {
    args: ['ingress-controller:https', shop, '-n', 'node-b', '-m', 'ipvs'],
    golden: 'explain-ipvs.txt',
  },
  { args: ['prod/courier-gateway', shop, '--nodes'], golden: 'explain-nodes.txt' },
  { args: ['prod/search', shop, '--nodes', '--json'], golden: 'explain-nodes.json' },
  { args: ['prod/search', shop, '-n', 'node-a'], golden: 'explain-nothing.txt' },
] as const)('the example with $args', async ({ args, golden }) => {
  const { status, out, error } = await runCommand(['explain', ...args]);
  expect({ status, error }).toEqual({ status: 0, error: '' });
  await expect(out).toMatchFileSnapshot(goldenPath(golden));
});

const zone = 'topology.kubernetes.io/zone';

/** A Service with an endpoint for each reason to be used or not. */
const reasons = `
apiVersion: v1
kind: Node
metadata: {name: node-a, labels: {${zone}: z1}}
status: {addresses: [{type: InternalIP, address: 192.0.2.11}]}
---
apiVersion: v1
kind: Node
metadata: {name: node-b, labels: {${zone}: z2}}
---
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
clusterCIDR: 10.244.0.0/16
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: prod}
spec:
  type: LoadBalancer
  clusterIP: 10.96.0.10
  externalTrafficPolicy: Local
  healthCheckNodePort: 32000
  sessionAffinity: ClientIP
  loadBalancerSourceRanges: [198.51.100.0/24]
  ports: [{name: http, port: 80, nodePort: 30080}]
status: {loadBalancer: {ingress: [{ip: 203.0.113.7}, {ip: 203.0.113.8, ipMode: Proxy}]}}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-a, namespace: prod, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
ports: [{name: http, port: 8080}]
endpoints:
- {addresses: [10.244.1.1], nodeName: node-a, hints: {forZones: [{name: z1}]}}
- {addresses: [10.244.2.1], nodeName: node-b, hints: {forZones: [{name: z2}]}}
- {addresses: [10.244.1.2], nodeName: node-a, conditions: {ready: false}}
- {addresses: [10.244.1.3], nodeName: node-a, conditions: {ready: false, serving: true, terminating: true}}
- {addresses: [10.244.9.1], hints: {forZones: [{name: z1}]}}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-b, namespace: prod, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
ports: [{name: http, port: 8080}]
endpoints:
- {addresses: [10.244.1.1], nodeName: node-a, conditions: {ready: false, terminating: true}}
`;

test('every reason', async () => {
  const { status, out, error } = await runCommand(['explain', 'web', '-n', 'node-a'], {
    input: reasons,
  });
  expect({ status, error }).toEqual({ status: 0, error: '' });
  await expect(out).toMatchFileSnapshot(goldenPath('explain-reasons.txt'));
});

test('in colour nothing but colour is added', async () => {
  const args = ['explain', 'prod/courier-gateway', shop, '-n', 'node-a'];
  const { out } = await runCommand([...args, '--color', 'always']);
  await expect(JSON.stringify(out.split('\n').slice(0, 9), null, 1)).toMatchFileSnapshot(
    goldenPath('explain-color.txt'),
  );
  expect(withoutColor(out)).toBe((await runCommand(args)).out);
});

test('a headless Service, on one node and on all', async () => {
  const input = reasons.replace('clusterIP: 10.96.0.10', 'clusterIP: None');
  const one = await runCommand(['explain', 'prod/web', '-n', 'node-a'], { input });
  expect(one.out).toBe('prod/web on node-a: kube-proxy does nothing for it; it is headless\n');
  const all = await runCommand(['explain', 'prod/web', '--nodes'], { input });
  expect(all.out).toBe('prod/web: kube-proxy does nothing for it; it is headless\n');
});

test.for([
  {
    args: ['prod/wev', shop, '-n', 'node-a'],
    says: 'kube-rules: the snapshot has no Service prod/wev; did you mean prod/web?\n',
  },
  {
    args: ['prod/wev', shop, '--nodes'],
    says: 'kube-rules: the snapshot has no Service prod/wev; did you mean prod/web?\n',
  },
  {
    args: ['prod/web:htp', shop, '-n', 'node-a'],
    says: 'kube-rules: the snapshot has no Service prod/web:htp; did you mean prod/web:http?\n',
  },
  {
    args: ['something/else', shop, '-n', 'node-a'],
    says: 'kube-rules: the snapshot has no Service something/else\n',
  },
  { args: ['prod/web', shop], says: 'nothing was explained; name the node with --node\n' },
  {
    args: ['prod/web', shop, '--nodes', '--node', 'node-a'],
    says: "option '--nodes' cannot be used with option '-n, --node <name>'",
  },
  { args: [], says: "missing required argument 'service'" },
])('$args: exit 2 and why', async ({ args, says }) => {
  const { status, out, error } = await runCommand(['explain', ...args]);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(error).toContain(says);
});

test('a table of no nodes', async () => {
  const input = reasons.replaceAll('kind: Node\n', 'kind: Other\n');
  const { status, error } = await runCommand(['explain', 'web', '--nodes'], { input });
  expect({ status, error }).toEqual({
    status: 2,
    error: 'kube-rules: the snapshot holds no Node\n',
  });
});
