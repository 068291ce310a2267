import { test } from 'vitest';
import { localPolicyIpvs } from '../../../src/lint/rules/local-policy-ipvs.ts';
import { nodeInput, serviceInput, sliceInput } from '../../support/cluster.ts';
import { expectErrors, expectValid } from '../../support/lint-harness.ts';

const nodes = ['node-a', 'node-b'].map((name) => nodeInput({ metadata: { name } }));
const endpointSlices = [
  sliceInput({ endpoints: [{ addresses: ['10.0.0.1'], nodeName: 'node-a' }] }),
];
const local = serviceInput({
  type: 'LoadBalancer',
  externalTrafficPolicy: 'Local',
  ingress: [{ ip: '203.0.113.7' }],
});

test('the wanted node has an endpoint', () => {
  expectValid(localPolicyIpvs, { nodes, endpointSlices, services: [local], mode: 'ipvs' });
});

test('the other modes drop', () => {
  expectValid(localPolicyIpvs, { nodes, endpointSlices, services: [local], nodeName: '' });
});

test('a node without', () => {
  expectErrors(
    localPolicyIpvs,
    { nodes, endpointSlices, services: [local], nodeName: '', mode: 'ipvs' },
    [
      [
        "node-b has no endpoint of this Service: in mode ipvs, what comes in there from outside goes to other nodes with the client's address, and the answer is lost.",
        'Service ns1/svc1, spec.externalTrafficPolicy',
      ],
    ],
  );
});
