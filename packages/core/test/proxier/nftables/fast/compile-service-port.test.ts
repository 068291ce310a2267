import { expect, test } from 'vitest';
import {
  compileServicePort,
  type Claim,
} from '../../../../src/proxier/nftables/fast/compile-service-port.ts';
import type { Endpoint } from '../../../../src/service/endpoint.ts';
import type { ServicePort } from '../../../../src/service/service-port.ts';
import { local, remote, resolvedOf } from '../../../support/model.ts';
import { printPlaced } from '../../../support/nftables.ts';

function claimsOf(fields: Partial<ServicePort>, endpoints: readonly Endpoint[]): readonly Claim[] {
  return compileServicePort(resolvedOf(fields, endpoints)).claims;
}

function elementsOf(fields: Partial<ServicePort>, endpoints: readonly Endpoint[]): string[] {
  return printPlaced(compileServicePort(resolvedOf(fields, endpoints)).elements);
}

/** What a claim is for, where traffic goes, and where that from outside goes. */
function summarize({ reason, key, place, policy, endpoints, localEndpoints }: Claim): string {
  const ips = [endpoints, localEndpoints].map((list) => list.map(({ ip }) => ip).join(','));
  return `${reason}: ${key.join(' ')} (${place.join(' ')}), ${policy} ${ips.join(' / ')}`;
}

const everywhere: Partial<ServicePort> = {
  nodePort: 3001,
  externalIPs: ['1.2.3.4'],
  loadBalancerVIPs: ['5.6.7.8', '5.6.7.7'],
};

test('a service port claims its cluster IP, its other addresses and its node port', () => {
  expect(claimsOf(everywhere, [local, remote]).map(summarize)).toEqual([
    'cluster IP: 172.30.0.41 tcp 80 (172.30.0.41 80), internal 10.180.0.2,10.180.0.1 / ',
    'external IP: 1.2.3.4 tcp 80 (1.2.3.4 80), external 10.180.0.2,10.180.0.1 / ',
    'load balancer IP: 5.6.7.8 tcp 80 (5.6.7.8 80), external 10.180.0.2,10.180.0.1 / ',
    'load balancer IP: 5.6.7.7 tcp 80 (5.6.7.7 80), external 10.180.0.2,10.180.0.1 / ',
    'node port: tcp 3001 (3001), external 10.180.0.2,10.180.0.1 / ',
  ]);
  expect(claimsOf(everywhere, [remote]).map(({ entrance }) => entrance)).toEqual([
    'address',
    'address',
    'address',
    'address',
    'nodePort',
  ]);
  expect(elementsOf(everywhere, [local, remote])).toEqual([
    'cluster-ips { 172.30.0.41 }',
    'hairpin-connections { 10.180.0.2 . 10.180.0.2 . tcp . 80 }',
  ]);
});

const owner = 'comment "ns1/svc1:p80"';

test('without endpoints it claims nothing, and all is refused by name', () => {
  expect(claimsOf(everywhere, [])).toEqual([]);
  expect(elementsOf(everywhere, [])).toEqual([
    'cluster-ips { 172.30.0.41 }',
    `no-endpoint-services { 172.30.0.41 . tcp . 80 ${owner} : goto reject-chain }`,
    `no-endpoint-services { 1.2.3.4 . tcp . 80 ${owner} : goto reject-chain }`,
    `no-endpoint-services { 5.6.7.8 . tcp . 80 ${owner} : goto reject-chain }`,
    `no-endpoint-services { 5.6.7.7 . tcp . 80 ${owner} : goto reject-chain }`,
    `no-endpoint-nodeports { tcp . 3001 ${owner} : goto reject-chain }`,
  ]);
});

const localPolicy: Partial<ServicePort> = { nodePort: 3001, externalPolicyLocal: true };

test('under external policy Local traffic from outside has a list of its own', () => {
  expect(claimsOf(localPolicy, [local, remote]).map(summarize)).toEqual([
    'cluster IP: 172.30.0.41 tcp 80 (172.30.0.41 80), internal 10.180.0.2,10.180.0.1 / ',
    'node port: tcp 3001 (3001), externalLocal 10.180.0.2,10.180.0.1 / 10.180.0.2',
  ]);
  expect(elementsOf(localPolicy, [local, remote]).slice(1)).toEqual([
    'hairpin-connections { 10.180.0.2 . 10.180.0.2 . tcp . 80 }',
  ]);
});

test('under external policy Local without endpoints here, others are dropped', () => {
  expect(claimsOf(localPolicy, [remote]).map(summarize)[1]).toBe(
    'node port: tcp 3001 (3001), externalLocal 10.180.0.1 / ',
  );
  expect(elementsOf(localPolicy, [remote])).toEqual([
    'cluster-ips { 172.30.0.41 }',
    `no-endpoint-nodeports { tcp . 3001 ${owner} : drop }`,
  ]);
});

test('under internal policy Local the cluster IP has the endpoints of the node, or drops', () => {
  const fields = { internalPolicyLocal: true };
  expect(claimsOf(fields, [local, remote]).map(summarize)).toEqual([
    'cluster IP: 172.30.0.41 tcp 80 (172.30.0.41 80), internal 10.180.0.2 / ',
  ]);
  expect(claimsOf(fields, [remote])).toEqual([]);
  expect(elementsOf(fields, [remote])).toEqual([
    'cluster-ips { 172.30.0.41 }',
    `no-endpoint-services { 172.30.0.41 . tcp . 80 ${owner} : drop }`,
  ]);
});
