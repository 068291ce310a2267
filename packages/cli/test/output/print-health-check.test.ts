import { expect, test } from 'vitest';
import { printHealthCheck } from '../../src/output/print-health-check.ts';

test('status, reason and addresses', () => {
  const check = { family: 'IPv4', port: 32_000, status: 200, localEndpoints: 2 } as const;
  expect(printHealthCheck(check)).toBe(
    'health check IPv4, port 32000 on every address of the node: 200, 2 ready endpoints here',
  );
  expect(
    printHealthCheck({ ...check, status: 503, localEndpoints: 0, nodeAddresses: ['192.0.2.1'] }),
  ).toBe('health check IPv4, port 32000 on 192.0.2.1: 503, 0 ready endpoints here');
  expect(printHealthCheck({ ...check, localEndpoints: 1, nodeAddresses: [] })).toBe(
    'health check IPv4, port 32000 on no address of the node: 200, 1 ready endpoint here',
  );
});
