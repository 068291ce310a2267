import { expect, test } from 'vitest';
import { parseLeniently } from '../../src/schema/parse-leniently.ts';
import { nodeSchema } from '../../src/snapshot/node.ts';
import { printPath } from '../../src/util/print-path.ts';

test('keeps what kube-proxy reads, and nothing else', () => {
  const node = {
    metadata: { name: 'node-a.example', labels: { 'topology.kubernetes.io/zone': 'zone-1' } },
    spec: { podCIDR: '10.244.1.0/24', podCIDRs: ['10.244.1.0/24', 'fd00::/64'] },
    status: {
      addresses: [
        { type: 'InternalIP', address: '192.0.2.11' },
        { type: 'Hostname', address: 'node-a' },
      ],
    },
  };
  expect(nodeSchema.parse({ ...node, spec: { ...node.spec, taints: [] }, extra: 1 })).toEqual(node);
});

test('leaves out pod CIDRs that are none', () => {
  const input = {
    metadata: { name: 'a' },
    spec: { podCIDR: 'x', podCIDRs: ['10.0.0.0/24', '10.0.1.0'] },
  };
  const { value, findings } = parseLeniently(nodeSchema, input);
  expect(value?.spec).toEqual({ podCIDRs: ['10.0.0.0/24'] });
  expect(findings.map(({ code, path }) => `${code} ${printPath(path)}`)).toEqual([
    'CIDR_INVALID spec.podCIDR',
    'CIDR_INVALID spec.podCIDRs[1]',
  ]);
});
