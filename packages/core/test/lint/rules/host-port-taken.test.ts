import { test } from 'vitest';
import { hostPortTaken } from '../../../src/lint/rules/host-port-taken.ts';
import { nodeInput, serviceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const nodes = [
  nodeInput({ status: { addresses: [{ type: 'InternalIP', address: '192.0.2.11' }] } }),
];

test('another port of a node, and the same port of another address, are free', () => {
  expectValid(hostPortTaken, {
    nodes,
    services: [
      serviceInput({ externalIPs: ['192.0.2.11'] }),
      serviceInput({
        metadata: { name: 'svc2' },
        clusterIP: '172.30.0.42',
        externalIPs: ['192.0.2.12'],
        ports: [{ port: 10_250, nodePort: 30_080 }],
      }),
    ],
  });
});

test('a UDP node port is not in the way of a TCP listener', () => {
  const ports = [{ port: 53, nodePort: 10_250, protocol: 'UDP' }];
  expectValid(hostPortTaken, { services: [serviceInput({ type: 'NodePort', ports })] });
});

test("a node port that is the kubelet's", () => {
  expectErrors(
    hostPortTaken,
    { services: [serviceInput({ type: 'NodePort', ports: [{ port: 80, nodePort: 10_250 }] })] },
    [
      [
        'Node port 10250 is where the kubelet listens: on every node its clients get this Service instead.',
        'Service ns1/svc1, spec.ports[0].nodePort',
      ],
    ],
  );
});

test("an external IP and port that are a node's API server", () => {
  expectErrors(
    hostPortTaken,
    {
      nodes,
      services: [
        serviceInput({
          externalIPs: ['192.0.2.11'],
          ports: [
            { port: 80, name: 'a' },
            { port: 6443, name: 'b' },
          ],
        }),
      ],
    },
    [
      [
        '192.0.2.11:6443 is where the API server of Node node-a listens: its clients get this Service instead.',
        'Service ns1/svc1, spec.ports[1].port',
        'Node node-a',
      ],
    ],
  );
});
