import { expect, test } from 'vitest';
import { parseLeniently } from '../../src/schema/parse-leniently.ts';
import { nodeStateSchema } from '../../src/snapshot/node-state.ts';
import { printPath } from '../../src/util/print-path.ts';

test('keeps all fields; an interface without addresses has none', () => {
  const state = {
    nodeName: 'node-a',
    interfaces: [{ name: 'eth0', addresses: ['192.0.2.11/24', '2001:db8:1::11/64'] }],
    sysctls: { 'net.netfilter.nf_conntrack_tcp_be_liberal': 1 },
    iptables: { randomFully: true, nfacct: false },
    proxyPorts: { 'prod/web:http/tcp': 36_123 },
  };
  expect(nodeStateSchema.parse(state)).toEqual(state);
  expect(nodeStateSchema.parse({ interfaces: [{ name: 'lo' }] })).toEqual({
    interfaces: [{ name: 'lo', addresses: [] }],
  });
  expect(nodeStateSchema.parse({})).toEqual({});
});

test('takes sysctls as sysctl prints them, as text', () => {
  expect(nodeStateSchema.parse({ sysctls: { a: '1', b: 0 } })).toEqual({ sysctls: { a: 1, b: 0 } });
});

test('takes a list of numbers as the text that it is', () => {
  const sysctls = { 'net.ipv4.ip_local_port_range': '32768\t60999' };
  expect(nodeStateSchema.parse({ sysctls })).toEqual({ sysctls });
});

test.for<[unknown, string[]]>([
  [
    { interfaces: [{ name: 'eth0', addresses: ['192.0.2.11'] }] },
    ['CIDR_INVALID interfaces[0].addresses[0]'],
  ],
  [{ interfaces: [{ addresses: [] }] }, ['FIELD_MISSING interfaces[0].name']],
  [{ sysctls: { a: 'on' } }, ['TYPE_INVALID sysctls.a']],
  [{ proxyPorts: { a: 0, b: 1 } }, ['PORT_NUMBER_INVALID proxyPorts.a']],
  [{ proxyPorts: { a: 65_536 } }, ['PORT_NUMBER_INVALID proxyPorts.a']],
  [{ iptables: { randomFully: 'yes' } }, ['TYPE_INVALID iptables.randomFully']],
])('%j: says what is wrong', ([input, expected]) => {
  const { value, findings } = parseLeniently(nodeStateSchema, input);
  expect(value).toBeDefined();
  expect(findings.map(({ code, path }) => `${code} ${printPath(path)}`)).toEqual(expected);
});

test('a wrong proxy port is left out alone', () => {
  const { value } = parseLeniently(nodeStateSchema, { proxyPorts: { a: 0, b: 1, c: 1.5 } });
  expect(value).toEqual({ proxyPorts: { b: 1 } });
});
