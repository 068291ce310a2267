import { expect, test } from 'vitest';
import type { Routing } from '../../../src/proxier/iptables/routing.ts';
import type { ServicePort } from '../../../src/service/service-port.ts';
import { endpointOf, local, remote, routingOf } from '../../support/model.ts';

const exposed = { nodePort: 30080 };
const guarded = { loadBalancerVIPs: ['5.6.7.8'], loadBalancerSourceRanges: ['203.0.113.0/25'] };
const internalLocal = { internalPolicyLocal: true };
const externalLocal = { externalPolicyLocal: true, ...exposed };

function used(routing: Routing): string {
  const { usesClusterChain, usesLocalChain, usesExternalChain, usesFirewallChain } = routing;
  const flags = {
    SVC: usesClusterChain,
    SVL: usesLocalChain,
    EXT: usesExternalChain,
    FW: usesFirewallChain,
  };
  return Object.entries(flags)
    .filter(([, isUsed]) => isUsed)
    .map(([name]) => name)
    .join(' ');
}

test.for<[string, Partial<ServicePort>, Parameters<typeof routingOf>[1], string]>([
  ['a cluster IP', {}, [remote], 'SVC'],
  ['no endpoints', { ...exposed, ...guarded }, [], ''],
  ['a node port', exposed, [remote], 'SVC EXT'],
  ['a load balancer with source ranges', guarded, [remote], 'SVC EXT FW'],
  ['a load balancer without', { loadBalancerVIPs: ['5.6.7.8'] }, [remote], 'SVC EXT'],
  [
    'source ranges without a load balancer',
    { loadBalancerSourceRanges: ['10.0.0.0/8'] },
    [remote],
    'SVC',
  ],
  ['internal Local', internalLocal, [local, remote], 'SVL'],
  ['internal Local with none here', internalLocal, [remote], ''],
  ['external Local', externalLocal, [local, remote], 'SVC SVL EXT'],
  ['external Local with none here', externalLocal, [remote], 'SVC EXT'],
  ['external Local without exposure', { externalPolicyLocal: true }, [local], 'SVC'],
  ['both Local', { ...internalLocal, ...externalLocal }, [local, remote], 'SVC SVL EXT'],
])('%s uses the chains: %s', ([, fields, endpoints, expected]) => {
  expect(used(routingOf(fields, endpoints))).toBe(expected);
});

const refused = { target: 'REJECT', comment: 'ns1/svc1:p80 has no endpoints' };
const dropped = { target: 'DROP', comment: 'ns1/svc1:p80 has no local endpoints' };

test.for<[string, Partial<ServicePort>, Parameters<typeof routingOf>[1], object]>([
  ['no endpoints', {}, [], { internalRefusal: refused, externalRefusal: refused }],
  [
    'no endpoints and Local',
    { ...internalLocal, ...externalLocal },
    [],
    { internalRefusal: refused, externalRefusal: refused },
  ],
  ['endpoints', {}, [remote], { internalRefusal: undefined, externalRefusal: undefined }],
  [
    'internal Local, none here',
    internalLocal,
    [remote],
    { internalRefusal: dropped, externalRefusal: undefined },
  ],
  [
    'external Local, none here',
    externalLocal,
    [remote],
    { internalRefusal: undefined, externalRefusal: dropped },
  ],
  [
    'both Local, one here',
    { ...internalLocal, ...externalLocal },
    [local],
    { internalRefusal: undefined, externalRefusal: undefined },
  ],
  [
    'none usable',
    {},
    [endpointOf('10.0.0.1', { ready: false })],
    { internalRefusal: refused, externalRefusal: refused },
  ],
])('%s: traffic is turned away so', ([, fields, endpoints, expected]) => {
  expect(routingOf(fields, endpoints)).toMatchObject(expected);
});

test('the policy chain of each side is the local one under policy Local', () => {
  const svc = 'KUBE-SVC-XPGD46QRK7WJZT7O';
  const svl = 'KUBE-SVL-XPGD46QRK7WJZT7O';
  expect(routingOf({})).toMatchObject({ internalChain: svc, externalPolicyChain: svc });
  expect(routingOf(internalLocal)).toMatchObject({ internalChain: svl, externalPolicyChain: svc });
  expect(routingOf(externalLocal)).toMatchObject({ internalChain: svc, externalPolicyChain: svl });
});
