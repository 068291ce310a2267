import { expect, test } from 'vitest';
import { explainHealthChecks } from '../../src/explain/explain-health-check.ts';
import { snapshotOf } from '../support/cluster.ts';
import { endpointOf, resolvedOf } from '../support/model.ts';

const policy = { healthCheckNodePort: 32_000, externalPolicyLocal: true, nodePort: 1 };
const here = { isLocal: true };

test('200 with ready endpoints of the node, each address once over all ports', () => {
  const all = [endpointOf('10.0.0.1', here), endpointOf('10.0.0.2', here), endpointOf('10.0.0.3')];
  const ports = [resolvedOf(policy, all), resolvedOf(policy, all.slice(0, 1))];
  expect(explainHealthChecks(snapshotOf(), ports, 'iptables')).toEqual([
    { family: 'IPv4', port: 32_000, status: 200, localEndpoints: 2 },
  ]);
});

test('503 with endpoints elsewhere, or here that only terminate', () => {
  const terminating = endpointOf('10.0.0.1', { ...here, ready: false, terminating: true });
  const ports = [resolvedOf(policy, [terminating, endpointOf('10.0.0.2')])];
  expect(explainHealthChecks(snapshotOf(), ports, 'iptables')).toMatchObject([
    { status: 503, localEndpoints: 0 },
  ]);
});

test('each family has an answer of its own, on the addresses that take node ports', () => {
  const ipv6 = resolvedOf({ ...policy, family: 'IPv6' }, []);
  const ipv4 = resolvedOf(policy, [endpointOf('10.0.0.1', here)]);
  const config = { nodePortAddresses: ['127.0.0.0/8'] };
  expect(explainHealthChecks(snapshotOf({ config }), [ipv4, ipv6], 'iptables')).toEqual([
    { family: 'IPv4', port: 32_000, status: 200, localEndpoints: 1, nodeAddresses: ['127.0.0.1'] },
    { family: 'IPv6', port: 32_000, status: 503, localEndpoints: 0 },
  ]);
});

test('none without healthCheckNodePort', () => {
  expect(explainHealthChecks(snapshotOf(), [resolvedOf({}, [])], 'iptables')).toEqual([]);
  expect(explainHealthChecks(snapshotOf(), [], 'iptables')).toEqual([]);
});
