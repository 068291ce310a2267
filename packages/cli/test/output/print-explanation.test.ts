import type { PortExplanation, ServiceExplanation } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { plainPalette } from '../../src/output/palette.ts';
import { printExplanation } from '../../src/output/print-explanation.ts';

const port: PortExplanation = {
  name: 'prod/web',
  family: 'IPv6',
  protocol: 'udp',
  topology: 'hints are ignored: some endpoints have none',
  affinitySeconds: 60,
  endpoints: [
    {
      address: '[fd00::1]:53',
      isLocal: false,
      slice: 'web-a',
      cluster: { share: 1 / 3, reason: 'ready' },
    },
  ],
  addresses: [
    {
      kind: 'cluster IP',
      ip: 'fd00::10',
      port: 53,
      clients: [
        { client: 'pod', outcome: 'dropped', why: 'x' },
        { client: 'node', outcome: 'lost', endpoints: 'local', keepsSource: true, why: 'y' },
        { client: 'outside', outcome: 'dropped', why: 'x' },
      ],
    },
    { kind: 'node port', port: 30_053, nodeAddresses: [], takesLocalhost: false, clients: [] },
  ],
};
const explanation: ServiceExplanation = {
  name: 'prod/web',
  nodeName: 'node-a',
  mode: 'ipvs',
  release: '1.36',
  ports: [port],
  healthChecks: [],
};

test('endpoints, remarks, addresses; clients that fare alike stand together', () => {
  expect(printExplanation(explanation, plainPalette)).toBe(`\
prod/web on node-a, ipvs mode: 1 of 1 endpoints is used

prod/web, 53/udp, IPv6
  endpoint      slice  policy Cluster
  [fd00::1]:53  web-a  1/3  ready
  topology: hints are ignored: some endpoints have none
  session affinity: a client stays with its endpoint for 60 seconds

  cluster IP [fd00::10]:53
    pods, outside: dropped
      x
    node-a: lost, endpoints of policy Local, source kept
      y

  node port 30053 on no address of the node
`);
});

test('names that would move the cursor are escaped', () => {
  const hostile = { ...explanation, nodeName: 'a\u001b[2J', ports: [] };
  expect(printExplanation(hostile, plainPalette)).not.toContain('\u001b');
});
