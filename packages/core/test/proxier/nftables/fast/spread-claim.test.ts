import { expect, test } from 'vitest';
import { compileServicePort } from '../../../../src/proxier/nftables/fast/compile-service-port.ts';
import { noMemory, rememberSlots } from '../../../../src/proxier/nftables/fast/former-slots.ts';
import { entrances } from '../../../../src/proxier/nftables/fast/objects.ts';
import { spreadClaim, type Spread } from '../../../../src/proxier/nftables/fast/spread-claim.ts';
import type { Endpoint } from '../../../../src/service/endpoint.ts';
import type { ServicePort } from '../../../../src/service/service-port.ts';
import { endpointOf, local, remote, resolvedOf } from '../../../support/model.ts';
import { printPlaced, tableOf } from '../../../support/nftables.ts';

type Memory = Parameters<typeof spreadClaim>[2];

/** How the last address of a service port is spread. */
function spreadOf(
  fields: Partial<ServicePort>,
  endpoints: readonly Endpoint[],
  memory: Memory = noMemory,
): Spread {
  const claim = compileServicePort(resolvedOf(fields, endpoints)).claims.at(-1);
  return spreadClaim(claim!, 'IPv4', memory);
}

function chainNames({ chains }: Spread): string[] {
  return chains.map(({ name }) => name);
}

/** What is remembered of slots 0, 1 … of a list of endpoints on port 80. */
function memoryOf(place: readonly string[], ips: readonly string[]): Memory {
  const elements = ips.map((ip, slot) => ({
    key: [...place, String(slot)],
    destination: { ip, port: 80 },
    origin: { reason: 'before' },
  }));
  const name = entrances[place.length > 1 ? 'address' : 'nodePort'].byProtocol.tcp.endpoints;
  const data = { kind: 'payload', protocol: 'ip', field: 'daddr' } as const;
  return rememberSlots(tableOf({ maps: [{ name, type: ['ipv4_addr'], data, elements }] }), [], 50);
}

test('a cluster IP leads to the chain of its number of endpoints, each in a slot', () => {
  const spread = spreadOf({}, [remote, local]);
  expect(printPlaced(spread.elements)).toEqual([
    'service-ips { 172.30.0.41 . tcp . 80 : goto dispatch-tcp-2 }',
    'endpoints-tcp { 172.30.0.41 . 80 . 0 : 10.180.0.1 . 80 }',
    'endpoints-tcp { 172.30.0.41 . 80 . 1 : 10.180.0.2 . 80 }',
  ]);
  expect(chainNames(spread)).toEqual(['dispatch-tcp-2']);
  expect(spread.retired).toEqual([]);
});

test('other addresses are treated first, by policy', () => {
  const fields = { nodePort: 3001 };
  expect(printPlaced(spreadOf(fields, [remote]).elements)).toEqual([
    'service-nodeports { tcp . 3001 : goto external-nodeport }',
    'external-nodeports { tcp . 3001 : goto nodeport-dispatch-tcp-1 }',
    'nodeport-endpoints-tcp { 3001 . 0 : 10.180.0.1 . 80 }',
  ]);
  const spread = spreadOf({ externalIPs: ['1.2.3.4'], externalPolicyLocal: true }, [remote, local]);
  expect(printPlaced(spread.elements)).toEqual([
    'service-ips { 1.2.3.4 . tcp . 80 : goto external-local }',
    'external-ips { 1.2.3.4 . tcp . 80 : goto dispatch-tcp-2 }',
    'local-ips { 1.2.3.4 . tcp . 80 : goto local-tcp-1 }',
    'endpoints-tcp { 1.2.3.4 . 80 . 0 : 10.180.0.1 . 80 }',
    'endpoints-tcp { 1.2.3.4 . 80 . 1 : 10.180.0.2 . 80 }',
    'local-endpoints-tcp { 1.2.3.4 . 80 . 0 : 10.180.0.2 . 80 }',
  ]);
  expect(chainNames(spread)).toEqual(['dispatch-tcp-2', 'local-tcp-1']);
});

test('without endpoints on the node there is no verdict for traffic from outside', () => {
  const fields = { nodePort: 3001, externalPolicyLocal: true };
  expect(printPlaced(spreadOf(fields, [remote]).elements)).toEqual([
    'service-nodeports { tcp . 3001 : goto external-local-nodeport }',
    'external-nodeports { tcp . 3001 : goto nodeport-dispatch-tcp-1 }',
    'nodeport-endpoints-tcp { 3001 . 0 : 10.180.0.1 . 80 }',
  ]);
});

test('endpoints keep the slots that are remembered', () => {
  const memory = memoryOf(['172.30.0.41', '80'], ['10.180.0.2', '10.180.0.9']);
  expect(printPlaced(spreadOf({}, [remote, local], memory).elements).slice(1)).toEqual([
    'endpoints-tcp { 172.30.0.41 . 80 . 0 : 10.180.0.2 . 80 }',
    'endpoints-tcp { 172.30.0.41 . 80 . 1 : 10.180.0.1 . 80 }',
  ]);
});

const sticky: Partial<ServicePort> = {
  nodePort: 3001,
  externalPolicyLocal: true,
  affinitySeconds: 60,
};

test('with affinity both lists are parts of the same slots', () => {
  const spread = spreadOf(sticky, [remote, local, endpointOf('10.180.0.3')]);
  expect(printPlaced(spread.elements)).toEqual([
    'service-nodeports { tcp . 3001 : goto external-local-nodeport }',
    'external-nodeports { tcp . 3001 : goto nodeport-affinity-tcp-60-0-2 }',
    'local-nodeports { tcp . 3001 : goto nodeport-affinity-tcp-60-1 }',
    'nodeport-endpoints-tcp { 3001 . 0 : 10.180.0.1 . 80 }',
    'nodeport-endpoints-tcp { 3001 . 1 : 10.180.0.2 . 80 }',
    'nodeport-endpoints-tcp { 3001 . 2 : 10.180.0.3 . 80 }',
  ]);
  expect(chainNames(spread)).toEqual([
    'nodeport-affinity-tcp-60-0-2',
    'nodeport-affinity-tcp-60-1',
  ]);
});

test('with affinity a freed slot leads on once more, and rests', () => {
  const memory = memoryOf(['3001'], ['10.180.0.9', '10.180.0.1']);
  const spread = spreadOf(sticky, [remote, endpointOf('10.180.0.3')], memory);
  expect(printPlaced(spread.elements)).toEqual([
    'service-nodeports { tcp . 3001 : goto external-local-nodeport }',
    'external-nodeports { tcp . 3001 : goto nodeport-affinity-tcp-60-1-2 }',
    'nodeport-endpoints-tcp { 3001 . 1 : 10.180.0.1 . 80 }',
    'nodeport-endpoints-tcp { 3001 . 2 : 10.180.0.3 . 80 }',
    'nodeport-endpoints-tcp { 3001 . 0 : 10.180.0.9 . 80 }',
  ]);
  expect(spread.retired).toEqual([
    { map: 'nodeport-endpoints-tcp', place: ['3001'], slot: 0, until: 110 },
  ]);
});

test('each element says for which Service it is, a slot also for which endpoint', () => {
  const origins = spreadOf({}, [remote]).elements.map(({ element }) => element.origin);
  expect(origins[0]).toMatchObject({ reason: 'cluster IP', servicePort: 'ns1/svc1:p80' });
  expect(origins[1]).toMatchObject({
    reason: 'endpoint',
    servicePort: 'ns1/svc1:p80',
    endpoint: { address: '10.180.0.1:80', nodeName: 'node-b' },
  });
});
