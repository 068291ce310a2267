import { expect, test } from 'vitest';
import { compileServicePort } from '../../../src/proxier/userspace/compile-service-port.ts';
import type { UserspaceContext } from '../../../src/proxier/userspace/context.ts';
import type { CopiedServicePort } from '../../../src/proxier/userspace/resolve-userspace.ts';
import { printRule } from '../../../src/ruleset/iptables/index.ts';

const wildcard: UserspaceContext = {
  listenAddress: '0.0.0.0',
  isWildcard: true,
  hostAddress: '192.0.2.11',
  nodeAddresses: new Set(['192.0.2.11']),
};

const specific: UserspaceContext = {
  ...wildcard,
  listenAddress: '192.0.2.11',
  isWildcard: false,
};

const ipv6: UserspaceContext = {
  listenAddress: '::',
  isWildcard: true,
  hostAddress: '2001:db8:1::11',
  nodeAddresses: new Set(['2001:db8:1::11']),
};

const web: CopiedServicePort = {
  namespace: 'prod',
  serviceName: 'web',
  portName: 'http',
  name: 'prod/web:http',
  protocol: 'tcp',
  family: 'IPv4',
  clusterIP: '10.96.0.10',
  port: 80,
  nodePort: 0,
  externalIPs: [],
  loadBalancerVIPs: [],
  loadBalancerSourceRanges: [],
  affinitySeconds: undefined,
  internalPolicyLocal: false,
  externalPolicyLocal: false,
  healthCheckNodePort: 0,
  hintsAnnotated: false,
};

const proxyPort = 36_123;

/** The rules of what a service port has besides its cluster IP, filter last. */
function linesOf(fields: Partial<CopiedServicePort>, context = wildcard): string[] {
  const proxied = { servicePort: { ...web, ...fields }, endpoints: [], proxyPort };
  const { natRules, filterRules } = compileServicePort(proxied, context);
  return [...natRules, ...filterRules].map(printRule);
}

/** The specification, section 5.2, word by word. */
const common = '-m comment --comment prod/web:http -p tcp -m tcp';

test('a cluster IP has a container portal and a host portal', () => {
  expect(linesOf({})).toEqual([
    `-A KUBE-PORTALS-CONTAINER ${common} --dport 80 -d 10.96.0.10/32 -j REDIRECT --to-ports 36123`,
    `-A KUBE-PORTALS-HOST ${common} --dport 80 -d 10.96.0.10/32 -j DNAT --to-destination 192.0.2.11:36123`,
  ]);
});

test('where the proxy listens on one address, both lead there', () => {
  expect(linesOf({}, specific)).toEqual([
    `-A KUBE-PORTALS-CONTAINER ${common} --dport 80 -d 10.96.0.10/32 -j DNAT --to-destination 192.0.2.11:36123`,
    `-A KUBE-PORTALS-HOST ${common} --dport 80 -d 10.96.0.10/32 -j DNAT --to-destination 192.0.2.11:36123`,
  ]);
});

test('IPv6 has addresses of 128 bits, and brackets', () => {
  const fields = { family: 'IPv6', clusterIP: 'fd00:10:96::10', protocol: 'udp' } as const;
  const udp = '-m comment --comment prod/web:http -p udp -m udp';
  expect(linesOf(fields, ipv6)).toEqual([
    `-A KUBE-PORTALS-CONTAINER ${udp} --dport 80 -d fd00:10:96::10/128 -j REDIRECT --to-ports 36123`,
    `-A KUBE-PORTALS-HOST ${udp} --dport 80 -d fd00:10:96::10/128 -j DNAT --to-destination [2001:db8:1::11]:36123`,
  ]);
  const bound = { ...ipv6, listenAddress: '2001:db8:1::11', isWildcard: false };
  expect(linesOf(fields, bound)[0]).toBe(
    `-A KUBE-PORTALS-CONTAINER ${udp} --dport 80 -d fd00:10:96::10/128 -j DNAT --to-destination [2001:db8:1::11]:36123`,
  );
});

test('an external IP is taken from outside of bridges, and where it is the node’s own', () => {
  const at = `${common} --dport 80 -d 198.51.100.1/32`;
  expect(linesOf({ externalIPs: ['198.51.100.1'] }).slice(2)).toEqual([
    `-A KUBE-PORTALS-CONTAINER ${at} -m physdev ! --physdev-is-in -j REDIRECT --to-ports 36123`,
    `-A KUBE-PORTALS-CONTAINER ${at} -m addrtype --dst-type LOCAL -j REDIRECT --to-ports 36123`,
    `-A KUBE-PORTALS-HOST ${at} -m addrtype --dst-type LOCAL -j DNAT --to-destination 192.0.2.11:36123`,
  ]);
});

test('a load balancer’s address is treated as a cluster IP', () => {
  const at = `${common} --dport 80 -d 203.0.113.10/32`;
  expect(linesOf({ loadBalancerVIPs: ['203.0.113.10'] }).slice(2)).toEqual([
    `-A KUBE-PORTALS-CONTAINER ${at} -j REDIRECT --to-ports 36123`,
    `-A KUBE-PORTALS-HOST ${at} -j DNAT --to-destination 192.0.2.11:36123`,
  ]);
});

test('a node port has no address, and the proxy port is let in', () => {
  expect(linesOf({ nodePort: 30_080 }).slice(2)).toEqual([
    `-A KUBE-NODEPORT-CONTAINER ${common} --dport 30080 -j REDIRECT --to-ports 36123`,
    `-A KUBE-NODEPORT-HOST ${common} --dport 30080 -j DNAT --to-destination 192.0.2.11:36123`,
    `-A KUBE-NODEPORT-NON-LOCAL ${common} --dport 36123 -m state --state NEW -j ACCEPT`,
  ]);
  expect(linesOf({ nodePort: 30_080 }, specific).slice(2, 4)).toEqual([
    `-A KUBE-NODEPORT-CONTAINER ${common} --dport 30080 -j DNAT --to-destination 192.0.2.11:36123`,
    `-A KUBE-NODEPORT-HOST ${common} --dport 30080 -j DNAT --to-destination 192.0.2.11:36123`,
  ]);
});

test('addresses come in the order of the specification, each once', () => {
  const servicePort = {
    ...web,
    nodePort: 30_080,
    externalIPs: ['198.51.100.2', '198.51.100.1', '198.51.100.2'],
    loadBalancerVIPs: ['203.0.113.10', '10.96.0.10', '203.0.113.10'],
  };
  const { natRules } = compileServicePort({ servicePort, endpoints: [], proxyPort }, wildcard);
  const reasons = natRules.map(({ origin, matches }) => [
    origin.reason,
    matches.flatMap((match) => (match.kind === 'destination' ? [match.address] : [])).join(''),
  ]);
  expect(reasons).toEqual([
    ...Array.from({ length: 2 }, () => ['cluster IP', '10.96.0.10/32']),
    ...Array.from({ length: 3 }, () => ['external IP', '198.51.100.2/32']),
    ...Array.from({ length: 3 }, () => ['external IP', '198.51.100.1/32']),
    ...Array.from({ length: 2 }, () => ['loadbalancer IP', '203.0.113.10/32']),
    ...Array.from({ length: 2 }, () => ['node port', '']),
  ]);
  expect(new Set(natRules.map(printRule)).size).toBe(natRules.length);
});

test('the listener has the endpoints, the affinity, and what a socket must hold', () => {
  const servicePort = {
    ...web,
    nodePort: 30_080,
    externalIPs: ['198.51.100.1', '192.0.2.11'],
    affinitySeconds: 600,
  };
  const endpoint = {
    ip: '10.244.1.5',
    port: 8080,
    address: '10.244.1.5:8080',
    nodeName: 'node-a',
    isLocal: true,
    ready: true,
    serving: true,
    terminating: false,
    zoneHints: [],
    nodeHints: [],
  };
  const { listener } = compileServicePort(
    { servicePort, endpoints: [endpoint], proxyPort },
    specific,
  );
  expect(listener).toEqual({
    servicePort: 'prod/web:http',
    protocol: 'tcp',
    address: '192.0.2.11',
    port: 36_123,
    endpoints: ['10.244.1.5:8080'],
    affinityTimeout: 600,
    claims: ['0.0.0.0:30080', '192.0.2.11:80'],
    origin: { reason: 'listener', servicePort: 'prod/web:http', protocol: 'tcp' },
  });
});

test('without endpoints there is a listener all the same', () => {
  const { listener } = compileServicePort({ servicePort: web, endpoints: [], proxyPort }, wildcard);
  expect(listener).toMatchObject({ address: '0.0.0.0', endpoints: [] });
  expect(Object.keys(listener)).not.toContain('claims');
  expect(Object.keys(listener)).not.toContain('affinityTimeout');
});
