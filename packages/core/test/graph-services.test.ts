import { fixtureNames, readFixture } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import {
  explainedModes,
  graphOfServices,
  parseSnapshot,
  type ExplainedMode,
  type Graph,
} from '../src/index.ts';

const { snapshot } = parseSnapshot(`
apiVersion: v1
kind: Node
metadata: { name: node-a }
status: { addresses: [{ type: InternalIP, address: 192.0.2.11 }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: prod }
spec:
  type: LoadBalancer
  clusterIP: 10.96.0.10
  externalTrafficPolicy: Local
  loadBalancerSourceRanges: [198.51.100.0/24]
  ports: [{ name: http, port: 80, nodePort: 30080 }]
status: { loadBalancer: { ingress: [{ ip: 203.0.113.10 }] } }
---
apiVersion: v1
kind: Service
metadata: { name: web-old, namespace: prod }
spec: { clusterIP: 10.96.0.11, ports: [{ name: http, port: 80 }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
addressType: IPv4
metadata: { name: web-a, namespace: prod, labels: { kubernetes.io/service-name: web } }
ports: [{ name: http, port: 8080 }]
endpoints:
- { addresses: [10.244.1.5], nodeName: node-a }
- { addresses: [10.244.2.6], nodeName: node-b }
---
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
clusterCIDR: 10.244.0.0/16
`);

function draw(mode: ExplainedMode, service?: string): Graph {
  const graph = graphOfServices(snapshot, { mode, ...(service !== undefined && { service }) });
  if (!('nodes' in graph)) throw new Error('no such Service');
  return graph;
}

/** Edges by the first lines of their nodes. */
function edgesOf({ nodes, edges }: Graph): string[] {
  const textOf = new Map(
    nodes.map(({ id, lines }) => [
      id,
      lines.at(-1)?.startsWith('[') === true ? lines.join(' ') : (lines.at(-1) ?? ''),
    ]),
  );
  const chainOf = new Map(
    nodes.filter(({ kind }) => kind === 'chain').map(({ id, lines }) => [id, lines[0] ?? '']),
  );
  const name = (id: string): string => chainOf.get(id) ?? textOf.get(id) ?? '';
  return edges.map(
    ({ from, to, label }) =>
      `${name(from)} > ${name(to)}${label === undefined ? '' : ` (${label})`}`,
  );
}

test('iptables mode: a Service by its addresses and chains to its endpoints', () => {
  expect(edgesOf(draw('iptables', 'prod/web'))).toMatchInlineSnapshot(`
    [
      "prod/web:http > 203.0.113.10:80 tcp",
      "prod/web:http > *:30080 tcp",
      "prod/web:http > 10.96.0.10:80 tcp",
      "203.0.113.10:80 tcp > dropped (load balancer source ranges)",
      "203.0.113.10:80 tcp > KUBE-FW-I6F7J7E256H6PY43",
      "*:30080 tcp > KUBE-EXT-I6F7J7E256H6PY43",
      "10.96.0.10:80 tcp > KUBE-SVC-I6F7J7E256H6PY43",
      "KUBE-FW-I6F7J7E256H6PY43 > KUBE-EXT-I6F7J7E256H6PY43 (load balancer source ranges from 198.51.100.0/24)",
      "KUBE-EXT-I6F7J7E256H6PY43 > KUBE-SVC-I6F7J7E256H6PY43 (pod traffic from 10.244.0.0/16)",
      "KUBE-EXT-I6F7J7E256H6PY43 > KUBE-SVC-I6F7J7E256H6PY43 (route LOCAL traffic)",
      "KUBE-EXT-I6F7J7E256H6PY43 > KUBE-SVL-I6F7J7E256H6PY43 (external traffic)",
      "KUBE-SVC-I6F7J7E256H6PY43 > KUBE-SEP-ZCFFF5JOCFCA73JH",
      "KUBE-SVC-I6F7J7E256H6PY43 > KUBE-SEP-LGOUEZKGX3CKGZUX",
      "KUBE-SVL-I6F7J7E256H6PY43 > KUBE-SEP-ZCFFF5JOCFCA73JH",
      "KUBE-SEP-ZCFFF5JOCFCA73JH > 10.244.1.5:8080 [node-a]",
      "KUBE-SEP-LGOUEZKGX3CKGZUX > 10.244.2.6:8080 [node-b]",
    ]
  `);
});

test('ipvs mode: a Service by its virtual servers', () => {
  expect(edgesOf(draw('ipvs', 'prod/web'))).toMatchInlineSnapshot(`
    [
      "prod/web:http > 10.96.0.10:80 tcp",
      "prod/web:http > 192.0.2.11:30080 tcp",
      "prod/web:http > 203.0.113.10:80 tcp",
      "10.96.0.10:80 tcp > 10.244.1.5:8080 [node-a]",
      "10.96.0.10:80 tcp > 10.244.2.6:8080 [node-b]",
      "192.0.2.11:30080 tcp > 10.244.1.5:8080 [node-a]",
      "203.0.113.10:80 tcp > 10.244.1.5:8080 [node-a]",
    ]
  `);
});

test('nftables mode: a Service by its elements and chains', () => {
  expect(edgesOf(draw('nftables', 'prod/web'))).toMatchInlineSnapshot(`
    [
      "prod/web:http > 203.0.113.10:80 tcp",
      "prod/web:http > 10.96.0.10:80 tcp",
      "prod/web:http > *:30080 tcp",
      "203.0.113.10:80 tcp > firewall-5O3K3WW6-prod/web/tcp/http",
      "203.0.113.10:80 tcp > external-5O3K3WW6-prod/web/tcp/http",
      "10.96.0.10:80 tcp > service-5O3K3WW6-prod/web/tcp/http",
      "*:30080 tcp > external-5O3K3WW6-prod/web/tcp/http",
      "firewall-5O3K3WW6-prod/web/tcp/http > dropped (load balancer source ranges)",
      "external-5O3K3WW6-prod/web/tcp/http > service-5O3K3WW6-prod/web/tcp/http (pod traffic)",
      "external-5O3K3WW6-prod/web/tcp/http > service-5O3K3WW6-prod/web/tcp/http (local traffic)",
      "external-5O3K3WW6-prod/web/tcp/http > local-5O3K3WW6-prod/web/tcp/http (external traffic)",
      "service-5O3K3WW6-prod/web/tcp/http > 10.244.1.5:8080 [node-a]",
      "service-5O3K3WW6-prod/web/tcp/http > 10.244.2.6:8080 [node-b]",
      "local-5O3K3WW6-prod/web/tcp/http > 10.244.1.5:8080 [node-a]",
    ]
  `);
});

test('of all Services chains of single endpoints are left out', () => {
  const all = edgesOf(draw('iptables'));
  expect(all.filter((edge) => edge.includes('KUBE-SEP-'))).toEqual([]);
  expect(all).toContain('10.96.0.11:80 tcp > rejected (no endpoints)');
  expect(all.some((edge) => /^KUBE-SVC-\w+ > 10\.244\.2\.6:8080 \[node-b\]$/.test(edge))).toBe(
    true,
  );
});

test('a name that is the beginning of another is not that one', () => {
  const names = draw('ipvs', 'prod/web:http').nodes.filter(({ kind }) => kind === 'service');
  expect(names.map(({ lines }) => lines)).toEqual([['prod/web:http']]);
});

test('a Service without an endpoint leads to a refusal in every mode', () => {
  for (const mode of explainedModes)
    expect(draw(mode, 'web-old').nodes.map(({ kind }) => kind)).toEqual([
      'service',
      'address',
      'refusal',
    ]);
});

test('an unknown name comes back with one that may be meant', () => {
  expect(graphOfServices(snapshot, { mode: 'iptables', service: 'prod/wev' })).toEqual({
    suggestion: 'prod/web',
  });
});

test.for(explainedModes)(
  'recorded clusters: every endpoint is led to from a Service, %s mode',
  (mode) => {
    let endpoints = 0;
    for (const name of fixtureNames.filter((_name, index) => index % 6 === 0)) {
      const read = parseSnapshot(readFixture(name).snapshot).snapshot;
      const graph = graphOfServices(read, { mode });
      if (!('nodes' in graph)) continue;
      const reached = new Set(
        graph.nodes.filter(({ kind }) => kind === 'service').map(({ id }) => id),
      );
      // Edges go by the order of their beginnings, but chains lead to chains before them, too.
      for (let size = -1; size !== reached.size;) {
        size = reached.size;
        for (const { from, to } of graph.edges) if (reached.has(from)) reached.add(to);
      }
      expect([name, ...graph.nodes.filter(({ id }) => !reached.has(id))]).toEqual([name]);
      endpoints += graph.nodes.filter(({ kind }) => kind === 'endpoint').length;
    }
    expect(endpoints).toBeGreaterThan(20);
  },
);
