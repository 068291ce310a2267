import type { PortExplanation } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { printRemarks } from '../../src/output/print-remarks.ts';

const port: PortExplanation = {
  name: 'prod/web:http',
  family: 'IPv4',
  protocol: 'tcp',
  endpoints: [],
  addresses: [],
};

test('nothing is said of what is as usual', () => {
  expect(printRemarks(port)).toEqual([]);
  expect(printRemarks({ ...port, topology: 'no hints' })).toEqual([]);
});

test('affinity is told with its time', () => {
  expect(printRemarks({ ...port, affinitySeconds: 30 })).toEqual([
    'session affinity: a client stays with its endpoint for 30 seconds',
  ]);
});
