import { test } from 'vitest';
import { nodePortEphemeral } from '../../../src/lint/rules/node-port-ephemeral.ts';
import { nodeInput, serviceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const services = [serviceInput({ type: 'NodePort', ports: [{ port: 80, nodePort: 32_768 }] })];

test("below the host's range", () => {
  const ports = [{ port: 80, nodePort: 32_767 }];
  expectValid(nodePortEphemeral, { services: [serviceInput({ type: 'NodePort', ports })] });
});

test('a node whose range begins later', () => {
  const sysctls = { 'net.ipv4.ip_local_port_range': '32769\t60999' };
  expectValid(nodePortEphemeral, {
    services,
    nodeState: { sysctls },
  });
});

test("within Linux's own range", () => {
  expectErrors(nodePortEphemeral, { services }, [
    [
      'Node port 32768 is within 32768 to 60999, from which the host takes the ports of its own connections.',
      'Service ns1/svc1, spec.ports[0].nodePort',
    ],
  ]);
});

test('within the range that one of the nodes has', () => {
  const sysctls = { 'net.ipv4.ip_local_port_range': '1024 65000' };
  const ports = [{ port: 80, nodePort: 30_080 }];
  expectErrors(
    nodePortEphemeral,
    {
      services: [serviceInput({ type: 'NodePort', ports })],
      nodes: [nodeInput(), nodeInput({ metadata: { name: 'node-b' } })],
      nodeState: { nodeName: 'node-b', sysctls },
      nodeName: '',
    },
    [
      [
        'Node port 30080 is within 1024 to 65000, from which the host takes the ports of its own connections.',
        'Service ns1/svc1, spec.ports[0].nodePort',
      ],
    ],
  );
});
