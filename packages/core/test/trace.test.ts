import { expect, test } from 'vitest';
import { compile, prepareTrace, trace, traceEnvironmentOf, tracePacket } from '../src/index.ts';
import { nodeInput, serviceInput, sliceInput, snapshotOf } from './support/cluster.ts';

const snapshot = snapshotOf({
  nodes: [nodeInput({ status: { addresses: [{ type: 'InternalIP', address: '192.0.2.11' }] } })],
  services: [serviceInput()],
  endpointSlices: [sliceInput({ endpoints: [{ addresses: ['10.180.0.1'] }] })],
});
const packet = {
  source: '192.0.2.100',
  destination: '172.30.0.41',
  destinationPort: 80,
  protocol: 'TCP',
};

test.for(['iptables', 'ipvs', 'nftables'] as const)(
  'a packet through compiled rules, %s',
  (mode) => {
    const ruleset = compile(snapshot, mode);
    const environment = traceEnvironmentOf(snapshot);
    const { outcomes } = trace(ruleset, packet, environment);
    expect(outcomes).toMatchObject([
      {
        probability: 1,
        verdict: 'delivered',
        destination: '10.180.0.1:80',
        source: '192.0.2.100',
        masqueraded: false,
      },
    ]);
    expect(tracePacket(prepareTrace(ruleset, environment), packet)).toEqual({ outcomes });
  },
);

test('in ipvs mode the addresses of Services are the node’s own', () => {
  const ruleset = compile(snapshot, 'ipvs');
  const closed = { ...packet, destinationPort: 81 };
  expect(trace(ruleset, closed, {}).outcomes).toMatchObject([{ verdict: 'rejected' }]);
});

test('the settings that kube-proxy makes count, unless others are told', () => {
  const node = { ...packet, source: 'node', destination: '127.0.0.1', destinationPort: 3001 };
  const nodePort = snapshotOf({
    nodes: [nodeInput({ status: { addresses: [{ type: 'InternalIP', address: '192.0.2.11' }] } })],
    services: [
      serviceInput({ type: 'NodePort', ports: [{ name: 'p80', port: 80, nodePort: 3001 }] }),
    ],
    endpointSlices: [sliceInput({ endpoints: [{ addresses: ['10.180.0.1'] }] })],
  });
  const ruleset = compile(nodePort, 'iptables');
  const environment = traceEnvironmentOf(nodePort);
  const verdictOf = (sysctls: Record<string, number>): string | undefined =>
    trace(ruleset, node, { ...environment, sysctls }).outcomes[0]?.verdict;
  expect(verdictOf({})).toBe('delivered');
  expect(verdictOf({ 'net.ipv4.conf.all.route_localnet': 0 })).toBe('dropped');
});
