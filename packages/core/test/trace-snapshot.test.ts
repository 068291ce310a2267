import { fixtureNames, readFixture } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import {
  compile,
  modes,
  parseSnapshot,
  renderFiles,
  traceSnapshot,
  type Mode,
  type Packet,
  type Snapshot,
  type TracedStep,
} from '../src/index.ts';

/** A client calls every cluster IP. */
function packetsOf({ services }: Snapshot): Packet[] {
  return services.flatMap(({ spec }) =>
    (spec.clusterIPs ?? [])
      .filter((address) => /\d/.test(address))
      .flatMap((destination) =>
        (spec.ports ?? []).map(({ port, protocol }) => ({
          source: destination.includes(':') ? '2001:db8:9::9' : '198.18.0.9',
          destination,
          destinationPort: port,
          protocol,
        })),
      ),
  );
}

function expectedLine(step: TracedStep): RegExp {
  if (step.kind !== 'rule') return /^$/;
  const chain = step.chain.replaceAll(/[/.]/g, '.');
  return step.tool === 'nftables'
    ? new RegExp(`^add rule ${step.table} ${chain} `)
    : new RegExp(`^(?:-t ${step.table} -I|-A) ${chain} `);
}

const names = fixtureNames.filter((_name, index) => index % 4 === 0);

test.for(modes)('every rule of a path stands at its line, %s mode', (mode) => {
  let rules = 0;
  for (const name of names) {
    const { snapshot } = parseSnapshot(readFixture(name).snapshot);
    const files = renderFiles(compile(snapshot, mode));
    const lines = new Map(Object.entries(files).map(([file, text]) => [file, text.split('\n')]));
    for (const packet of packetsOf(snapshot)) {
      const { outcomes } = traceSnapshot(snapshot, packet, { mode });
      for (const step of outcomes.flatMap(({ path }) => path)) {
        if (step.kind !== 'rule') continue;
        expect(lines.get(step.file ?? '')?.[(step.line ?? 0) - 1]).toMatch(expectedLine(step));
        rules += 1;
      }
    }
  }
  expect(rules).toBeGreaterThan(50);
});

const { snapshot } = parseSnapshot(`
apiVersion: v1
kind: Node
metadata: { name: node-a }
status: { addresses: [{ type: InternalIP, address: 192.0.2.11 }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: prod }
spec: { clusterIP: 10.96.0.10, ports: [{ name: http, port: 80 }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
addressType: IPv4
metadata: { name: web-a, namespace: prod, labels: { kubernetes.io/service-name: web } }
ports: [{ name: http, port: 8080 }]
endpoints: [{ addresses: [10.244.1.5] }, { addresses: [10.244.2.6] }]
---
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
clusterCIDR: 10.244.0.0/16
`);

const packet: Packet = {
  source: '10.244.2.6',
  destination: '10.96.0.10',
  destinationPort: 80,
  protocol: 'tcp',
};

test.for<[Mode, boolean]>([
  ['iptables', true],
  ['ipvs', true],
  // One rule spreads over all endpoints.
  ['nftables', false],
])('%s: outcomes with their Services', ([mode, namesEndpoints]) => {
  const { outcomes } = traceSnapshot(snapshot, packet, { mode });
  expect(outcomes).toMatchObject([
    {
      verdict: 'delivered',
      destination: '10.244.1.5:8080',
      source: '10.244.2.6',
      probability: 0.5,
    },
    { verdict: 'delivered', destination: '10.244.2.6:8080', probability: 0.5 },
  ]);
  const owners = outcomes[0]?.path.flatMap(({ servicePort }) => servicePort ?? []) ?? [];
  expect(new Set(owners)).toEqual(new Set(['prod/web:http']));
  const endpoints = outcomes[0]?.path.flatMap(({ endpoint }) => endpoint ?? []) ?? [];
  expect(endpoints.includes('10.244.1.5:8080')).toBe(namesEndpoints);
});

test('the fast layout says the same, and its elements know their Service', () => {
  const { outcomes } = traceSnapshot(snapshot, packet, { mode: 'nftables', layout: 'fast' });
  expect(outcomes.map(({ destination }) => destination)).toEqual([
    '10.244.1.5:8080',
    '10.244.2.6:8080',
  ]);
  expect(outcomes[0]?.path.map(({ servicePort }) => servicePort)).toContain('prod/web:http');
});

test('what the snapshot does not tell can be added', () => {
  const bound = { list: 'KUBE-SEP-5SGFG2KHJ3B5CR6U', entry: '10.244.2.6' };
  const { outcomes } = traceSnapshot(snapshot, packet, {
    mode: 'iptables',
    environment: { recent: [bound], sysctls: { 'net.ipv4.ip_forward': 0 } },
  });
  expect(outcomes.map(({ verdict }) => verdict)).toEqual(['dropped', 'dropped']);
});
