import { expect, test } from 'vitest';
import { endpointSliceSchema } from '../../src/snapshot/endpoint-slice.ts';

const metadata = { name: 'web-x1', labels: { 'kubernetes.io/service-name': 'web' } };

test("fills in the API server's defaults, and leaves conditions unset", () => {
  const input = {
    metadata,
    addressType: 'IPv4',
    ports: [{ port: 80 }, { name: null, port: 81 }].slice(0, 1),
    endpoints: [{ addresses: ['10.1.1.1'] }],
  };
  expect(endpointSliceSchema.parse(input)).toEqual({
    metadata: { ...metadata, namespace: 'default' },
    addressType: 'IPv4',
    ports: [{ name: '', protocol: 'TCP', port: 80 }],
    endpoints: [{ addresses: ['10.1.1.1'] }],
  });
});

test('keeps what kube-proxy reads, and nothing else', () => {
  const endpoint = {
    addresses: ['fd00::1', 'fd00::2'],
    conditions: { ready: true, serving: false, terminating: true },
    nodeName: 'node-a',
    hints: { forZones: [{ name: 'zone-1' }], forNodes: [{ name: 'node-a' }] },
  };
  const slice = {
    metadata: { ...metadata, namespace: 'shop' },
    addressType: 'IPv6',
    ports: [{ name: 'http', protocol: 'UDP', port: 80 }],
    endpoints: [endpoint],
  };
  const written = { ...slice, endpoints: [{ ...endpoint, zone: 'zone-1', targetRef: {} }] };
  expect(endpointSliceSchema.parse(written)).toEqual(slice);
});

test('takes an endpoint without an address, and checks only the first of several', () => {
  const endpoints = [{ addresses: [] }, { addresses: ['10.1.1.1', 'x'] }];
  expect(endpointSliceSchema.safeParse({ metadata, addressType: 'IPv4', endpoints }).success).toBe(
    true,
  );
});

test('takes a slice without ports and endpoints', () => {
  expect(endpointSliceSchema.parse({ metadata, addressType: 'IPv6' })).toMatchObject({
    ports: [],
    endpoints: [],
  });
});

/** What is wrong with a slice of one IPv4 endpoint. */
function codesOf(address: string): string[] {
  const endpoints = [{ addresses: [address] }];
  const { error } = endpointSliceSchema.safeParse({ metadata, addressType: 'IPv4', endpoints });
  return (error?.issues ?? []).map((issue) =>
    issue.code === 'custom' ? String(issue.params?.['code']) : issue.code,
  );
}

test('takes an IPv4 address in dotted form only', () => {
  expect(codesOf('10.0.0.9')).toEqual([]);
  expect(codesOf('::ffff:10.0.0.9')).toEqual(['IP_INVALID']);
  expect(codesOf('::ffff:a00:9')).toEqual(['IP_INVALID']);
  expect(codesOf('010.0.0.9')).toEqual(['IP_INVALID']);
  expect(codesOf('fd00::9')).toEqual(['ADDRESS_FAMILY_WRONG']);
});
