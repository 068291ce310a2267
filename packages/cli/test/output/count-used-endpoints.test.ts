import type { EndpointExplanation, PortExplanation } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { countUsedEndpoints } from '../../src/output/count-used-endpoints.ts';

const endpoint: EndpointExplanation = { address: '10.0.0.1:80', isLocal: false, slice: 'a' };
const used: EndpointExplanation = { ...endpoint, cluster: { share: 1, reason: 'ready' } };

function portWith(...endpoints: readonly EndpointExplanation[]): PortExplanation {
  return { name: 'prod/web', family: 'IPv4', protocol: 'tcp', endpoints, addresses: [] };
}

test.for<[readonly PortExplanation[], string]>([
  [[], 'no endpoints'],
  [[portWith()], 'no endpoints'],
  [[portWith(used, endpoint)], '1 of 2 endpoints is used'],
  [[portWith(used, endpoint), portWith(used)], '2 of 3 endpoints are used'],
  [[portWith(used, { ...endpoint, replacedBy: 'b' })], '1 of 1 endpoints is used'],
])('%#: %s', ([ports, text]) => {
  expect(countUsedEndpoints(ports)).toBe(text);
});
