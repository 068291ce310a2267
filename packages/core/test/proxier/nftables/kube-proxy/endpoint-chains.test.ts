import { expect, test } from 'vitest';
import {
  endpointChains,
  policyChains,
} from '../../../../src/proxier/nftables/kube-proxy/endpoint-chains.ts';
import type { Endpoint } from '../../../../src/service/endpoint.ts';
import type { ServicePort } from '../../../../src/service/service-port.ts';
import { endpointOf, local, remote } from '../../../support/model.ts';
import {
  chainReasons,
  nftablesContextOf,
  nftablesRoutingOf,
  printChainRules,
  printSets,
} from '../../../support/nftables.ts';

const context = nftablesContextOf();
const name = 'ULMVA6XW-ns1/svc1/tcp/p80';
const ofRemote = '5OJB2KTY-ns1/svc1/tcp/p80__10.180.0.1/80';
const ofLocal = '2ZNDXFAB-ns1/svc1/tcp/p80__10.180.0.2/80';

function policyRules(fields: Partial<ServicePort>, endpoints: readonly Endpoint[]): string[] {
  return printChainRules(policyChains(nftablesRoutingOf(fields, endpoints), context).chains);
}

const dnat = 'meta l4proto tcp dnat ip addr . port to numgen random mod';

test('without affinity one rule picks an endpoint and rewrites the packet', () => {
  expect(policyRules({}, [remote, local])).toEqual([
    `service-${name} ${dnat} 2 map { 0 : 10.180.0.1 . 80 , 1 : 10.180.0.2 . 80 }`,
  ]);
});

test('one endpoint is picked at random as well, and its port is its own', () => {
  expect(policyRules({}, [endpointOf('10.180.0.1', { port: 8080 })])).toEqual([
    `service-${name} ${dnat} 1 map { 0 : 10.180.0.1 . 8080 }`,
  ]);
});

test('the local chain has this node’s endpoints', () => {
  const fields = { nodePort: 3001, externalPolicyLocal: true };
  expect(policyRules(fields, [remote, local])).toEqual([
    `service-${name} ${dnat} 2 map { 0 : 10.180.0.1 . 80 , 1 : 10.180.0.2 . 80 }`,
    `local-${name} ${dnat} 1 map { 0 : 10.180.0.2 . 80 }`,
  ]);
});

test('without endpoints there are no chains', () => {
  expect(policyRules({ nodePort: 3001, externalPolicyLocal: true }, [])).toEqual([]);
});

test('in IPv6 addresses have no brackets', () => {
  const routing = nftablesRoutingOf({ family: 'IPv6', protocol: 'sctp' }, [endpointOf('fd00::1')]);
  const { chains } = policyChains(routing, nftablesContextOf({ family: 'IPv6' }));
  expect(printChainRules(chains).map((line) => line.replace(/^\S+ /, ''))).toEqual([
    'meta l4proto sctp dnat ip6 addr . port to numgen random mod 1 map { 0 : fd00::1 . 80 }',
  ]);
});

const sticky: Partial<ServicePort> = { affinitySeconds: 10_800 };

test('with affinity a client that was seen goes where it went before, any other at random', () => {
  expect(policyRules(sticky, [remote, local])).toEqual([
    `service-${name} ip saddr @affinity-${ofRemote} goto endpoint-${ofRemote}`,
    `service-${name} ip saddr @affinity-${ofLocal} goto endpoint-${ofLocal}`,
    `service-${name} numgen random mod 2 vmap { 0 : goto endpoint-${ofRemote} , 1 : goto endpoint-${ofLocal} }`,
  ]);
  expect(policyRules({ ...sticky, internalPolicyLocal: true }, [remote, local])).toEqual([
    `local-${name} ip saddr @affinity-${ofLocal} goto endpoint-${ofLocal}`,
    `local-${name} numgen random mod 1 vmap { 0 : goto endpoint-${ofLocal} }`,
  ]);
});

test('each endpoint then has a chain that remembers the client, and a set of clients', () => {
  const { chains, sets } = endpointChains(nftablesRoutingOf(sticky, [remote, local]), context);
  expect(printChainRules(chains)).toEqual([
    `endpoint-${ofRemote} update @affinity-${ofRemote} { ip saddr }`,
    `endpoint-${ofRemote} meta l4proto tcp dnat to 10.180.0.1:80`,
    `endpoint-${ofLocal} update @affinity-${ofLocal} { ip saddr }`,
    `endpoint-${ofLocal} meta l4proto tcp dnat to 10.180.0.2:80`,
  ]);
  expect(printSets(sets)).toEqual(
    [ofRemote, ofLocal].map(
      (one) => `affinity-${one} { type ipv4_addr ; flags dynamic,timeout ; timeout 10800s ; }`,
    ),
  );
});

test('without affinity it has neither', () => {
  expect(endpointChains(nftablesRoutingOf(), context)).toEqual({});
});

test('an affinity of 0 seconds is one all the same', () => {
  const { sets } = endpointChains(nftablesRoutingOf({ affinitySeconds: 0 }), context);
  expect(printSets(sets)[0]).toContain('timeout 0s ;');
});

test('in IPv6 the dots of names stand for colons, and the rewritten address has brackets', () => {
  const ofIPv6 = 'MDGHXLRU-ns1/svc1/tcp/p80__fd00..1/80';
  const routing = nftablesRoutingOf({ ...sticky, family: 'IPv6' }, [endpointOf('fd00::1')]);
  const { chains, sets } = endpointChains(routing, nftablesContextOf({ family: 'IPv6' }));
  expect(printChainRules(chains)).toEqual([
    `endpoint-${ofIPv6} update @affinity-${ofIPv6} { ip6 saddr }`,
    `endpoint-${ofIPv6} meta l4proto tcp dnat to [fd00::1]:80`,
  ]);
  expect(printSets(sets)).toEqual([
    `affinity-${ofIPv6} { type ipv6_addr ; flags dynamic,timeout ; timeout 10800s ; }`,
  ]);
});

test('endpoints that only policy Local uses have chain and set too', () => {
  const terminating = endpointOf('10.180.0.2', { isLocal: true, ready: false, terminating: true });
  const fields = { ...sticky, nodePort: 3001, externalPolicyLocal: true };
  const routing = nftablesRoutingOf(fields, [remote, terminating]);
  expect(endpointChains(routing, context).chains?.map((chain) => chain.name)).toEqual([
    `endpoint-${ofRemote}`,
    `endpoint-${ofLocal}`,
  ]);
});

test('each rule says why it is there, and for which endpoint', () => {
  const routing = nftablesRoutingOf(sticky);
  expect(chainReasons(policyChains(nftablesRoutingOf(), context).chains)).toEqual([
    'load balancing',
  ]);
  expect(chainReasons(policyChains(routing, context).chains)).toEqual([
    'session affinity',
    'load balancing',
  ]);
  const { chains = [] } = endpointChains(routing, context);
  expect(chainReasons(chains)).toEqual(['session affinity', 'endpoint']);
  for (const { origin } of chains.flatMap(({ rules }) => rules))
    expect(origin.endpoint).toMatchObject({ address: '10.180.0.1:80', nodeName: 'node-b' });
});
