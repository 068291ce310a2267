import { expect, test } from 'vitest';
import { staleFlows, type UDPService } from '../../src/plan/stale-flows.ts';
import { parseConntrack } from '../../src/ruleset/conntrack/index.ts';

const dns: UDPService = {
  addresses: ['10.96.0.10', '198.51.100.1'],
  port: 53,
  nodePort: 30053,
  endpoints: ['10.244.1.5'],
};

function flow(to: string, port: number, from: string): string {
  return `udp      17 29 src=10.0.0.9 dst=${to} sport=43145 dport=${port} [UNREPLIED] src=${from} dst=10.0.0.9 sport=53 dport=43145 mark=0 use=1\n`;
}

function stale(text: string, services: readonly UDPService[] = [dns]): string[] {
  return staleFlows(parseConntrack(text), services).map(
    ({ original, reply }) => `${original.destination}:${original.destinationPort} ${reply.source}`,
  );
}

test('flows to an endpoint that serves stay, others go', () => {
  expect(
    stale(flow('10.96.0.10', 53, '10.244.1.5') + flow('10.96.0.10', 53, '10.244.1.6')),
  ).toEqual(['10.96.0.10:53 10.244.1.6']);
});

test('any address of the Service, and its node port at any address', () => {
  const text =
    flow('198.51.100.1', 53, '10.244.1.6') +
    flow('192.0.2.1', 30053, '10.244.1.6') +
    flow('192.0.2.1', 30053, '10.244.1.5');
  expect(stale(text)).toEqual(['198.51.100.1:53 10.244.1.6', '192.0.2.1:30053 10.244.1.6']);
});

test('a Service that lost all endpoints, and flows that were never translated', () => {
  const lost = { ...dns, endpoints: [] };
  expect(stale(flow('10.96.0.10', 53, '10.244.1.5'), [lost])).toHaveLength(1);
  expect(stale(flow('10.96.0.10', 53, '10.96.0.10'), [dns])).toHaveLength(1);
});

test('other protocols, ports and addresses stay', () => {
  const text =
    flow('10.96.0.10', 53, '10.244.1.6').replace('udp      17 29', 'tcp 6 100') +
    flow('10.96.0.10', 54, '10.244.1.6') +
    flow('10.96.0.11', 53, '10.244.1.6') +
    'udp 17 src=nothing\nconntrack v1.4.7: 3 flow entries have been shown.\n';
  expect(stale(text)).toEqual([]);
  expect(stale(flow('10.96.0.11', 0, '10.244.1.6'), [{ ...dns, nodePort: 0 }])).toEqual([]);
});

test('IPv6 flows', () => {
  const six = { ...dns, addresses: ['fd00::10'], endpoints: ['fd00:1::5'] };
  const text = flow('fd00::10', 53, 'fd00:1::6') + flow('fd00::10', 53, 'fd00:1::5');
  expect(stale(text, [six])).toEqual(['fd00::10:53 fd00:1::6']);
});

test('in userspace mode flows belong to the proxy port, whatever address it answers from', () => {
  const userspace = { ...dns, endpoints: [], proxyPort: 12_345 };
  const text = flow('10.96.0.10', 53, '192.0.2.11');
  expect(stale(text, [userspace])).toHaveLength(1);
  expect(
    stale(text.replace('sport=53 dport=43145', 'sport=12345 dport=43145'), [userspace]),
  ).toEqual([]);
});
