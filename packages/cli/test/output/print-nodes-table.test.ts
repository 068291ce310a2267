import { explainServiceOnNodes, createSnapshot } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { plainPalette } from '../../src/output/palette.ts';
import { printNodesTable } from '../../src/output/print-nodes-table.ts';

function table(spec: object, hints: object): string {
  const { snapshot } = createSnapshot({
    nodes: ['a', 'b'].map((letter) => ({
      metadata: { name: `node-${letter}`, labels: { 'topology.kubernetes.io/zone': letter } },
    })),
    services: [
      {
        metadata: { name: 'web', namespace: 'prod' },
        spec: { clusterIP: '10.96.0.1', ports: [{ port: 80, nodePort: 30_080 }], ...spec },
      },
    ],
    endpointSlices: [
      {
        metadata: {
          name: 'web-a',
          namespace: 'prod',
          labels: { 'kubernetes.io/service-name': 'web' },
        },
        addressType: 'IPv4',
        ports: [{ port: 8080 }],
        endpoints: [{ addresses: ['10.0.0.1'], nodeName: 'node-a', ...hints }],
      },
    ],
    config: { clusterCIDR: '10.0.0.0/8' },
  });
  const nodes = explainServiceOnNodes(snapshot, 'web', { mode: 'iptables' });
  return 'suggestion' in nodes ? '' : printNodesTable(nodes, plainPalette);
}

test('columns that are empty on every node are left out', () => {
  expect(table({ type: 'NodePort' }, {})).toBe(`\
prod/web on 2 nodes, iptables mode

prod/web, 80/tcp, IPv4
  node    policy Cluster    pods, cluster IP  outside, other addresses
  node-a  1 of 1 endpoints  delivered         delivered
  node-b  1 of 1 endpoints  delivered         delivered
`);
});

test('every column', () => {
  const spec = {
    type: 'LoadBalancer',
    externalTrafficPolicy: 'Local',
    healthCheckNodePort: 32_000,
  };
  expect(table(spec, { hints: { forZones: [{ name: 'a' }] } })).toBe(`\
prod/web on 2 nodes, iptables mode

prod/web, 80/tcp, IPv4
  node    policy Cluster    policy Local      pods, cluster IP  outside, other addresses  health check  topology
  node-a  1 of 1 endpoints  1 of 1 endpoints  delivered         delivered                 200           hints for this zone
  node-b  1 of 1 endpoints  0 of 1 endpoints  delivered         dropped                   503           hints are ignored: none is for this zone
`);
});

test('no nodes', () => {
  expect(printNodesTable([], plainPalette)).toBe('');
});
