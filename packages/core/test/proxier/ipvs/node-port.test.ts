import { expect, test } from 'vitest';
import { nodePortParts } from '../../../src/proxier/ipvs/node-port.ts';
import type { ProtocolName } from '../../../src/netaddr/protocol.ts';
import { ipvsContextOf, printKeyedEntries, printServers } from '../../support/ipvs.ts';
import { local, remote, resolvedOf } from '../../support/model.ts';

const nodePort = 3001;
const context = ipvsContextOf({ nodePortIPs: ['192.0.2.11', '198.51.100.11'] });

test.for<[ProtocolName, boolean, readonly string[]]>([
  ['tcp', false, ['KUBE-NODE-PORT-TCP 3001']],
  ['tcp', true, ['KUBE-NODE-PORT-TCP 3001', 'KUBE-NODE-PORT-LOCAL-TCP 3001']],
  ['udp', false, ['KUBE-NODE-PORT-UDP 3001']],
  ['udp', true, ['KUBE-NODE-PORT-UDP 3001', 'KUBE-NODE-PORT-LOCAL-UDP 3001']],
  [
    'sctp',
    false,
    [
      'KUBE-NODE-PORT-SCTP-HASH 192.0.2.11,sctp:3001',
      'KUBE-NODE-PORT-SCTP-HASH 198.51.100.11,sctp:3001',
    ],
  ],
  [
    'sctp',
    true,
    [
      'KUBE-NODE-PORT-SCTP-HASH 192.0.2.11,sctp:3001',
      'KUBE-NODE-PORT-SCTP-HASH 198.51.100.11,sctp:3001',
      'KUBE-NODE-PORT-LOCAL-SCTP-HASH 192.0.2.11,sctp:3001',
      'KUBE-NODE-PORT-LOCAL-SCTP-HASH 198.51.100.11,sctp:3001',
    ],
  ],
])('a %s port, policy Local %s, is in: %o', ([protocol, externalPolicyLocal, entries]) => {
  const fields = { protocol, nodePort, externalPolicyLocal };
  expect(printKeyedEntries(nodePortParts(resolvedOf(fields, []), context).entries)).toEqual(
    entries,
  );
});

test('it is a virtual server at each address of the node, and none of them is bound', () => {
  const parts = nodePortParts(resolvedOf({ nodePort }, [remote]), context);
  expect(printServers(parts.virtualServers)).toEqual([
    '-A -t 192.0.2.11:3001 -s rr',
    '-a -t 192.0.2.11:3001 -r 10.180.0.1:80 -m -w 1',
    '-A -t 198.51.100.11:3001 -s rr',
    '-a -t 198.51.100.11:3001 -r 10.180.0.1:80 -m -w 1',
  ]);
  expect(parts.addresses).toBeUndefined();
});

test.for<[string, Parameters<typeof resolvedOf>[1], string]>([
  ['the endpoints of this node', [remote, local], '10.180.0.2:80'],
  ['all endpoints, where this node has none', [remote], '10.180.0.1:80'],
])('under policy Local it leads to %s', ([, endpoints, address]) => {
  const resolved = resolvedOf({ nodePort, externalPolicyLocal: true }, endpoints);
  expect(printServers(nodePortParts(resolved, ipvsContextOf()).virtualServers)).toEqual([
    '-A -t 192.0.2.11:3001 -s rr',
    `-a -t 192.0.2.11:3001 -r ${address} -m -w 1`,
  ]);
});

const healthCheckNodePort = 30_000;
const healthCheck = 'KUBE-HEALTH-CHECK-NODE-PORT 30000';

test.for<[string, number, readonly string[], readonly string[]]>([
  [
    'with a node port and an address',
    nodePort,
    ['192.0.2.11'],
    ['KUBE-NODE-PORT-TCP 3001', healthCheck],
  ],
  ['without a node port', 0, ['192.0.2.11'], [healthCheck]],
  ['without a node port and without an address', 0, [], [healthCheck]],
  // kube-proxy goes on to the next service port before it comes to the health check.
  ['with a node port but without an address', nodePort, [], []],
])('the health check port %s', ([, port, nodePortIPs, entries]) => {
  const fields = { nodePort: port, healthCheckNodePort };
  const parts = nodePortParts(resolvedOf(fields, [remote]), ipvsContextOf({ nodePortIPs }));
  expect(printKeyedEntries(parts.entries)).toEqual(entries);
  expect(parts.virtualServers ?? []).toHaveLength(
    port === nodePort && nodePortIPs.length > 0 ? 1 : 0,
  );
});

test('a service port with neither has nothing', () => {
  expect(nodePortParts(resolvedOf({}, [remote]), ipvsContextOf())).toEqual({ entries: [] });
});

test('entries say why they are there', () => {
  const { entries = [] } = nodePortParts(
    resolvedOf({ nodePort, healthCheckNodePort }, []),
    ipvsContextOf(),
  );
  expect(entries.map(({ origin }) => origin.reason)).toEqual([
    'node port',
    'health check node port',
  ]);
});
