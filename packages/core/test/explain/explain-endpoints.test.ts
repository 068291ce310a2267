import { expect, test } from 'vitest';
import { explainEndpoints } from '../../src/explain/explain-endpoints.ts';
import type { EndpointExplanation } from '../../src/explain/explanation.ts';
import { behaviourOf } from '../../src/service/behaviour.ts';
import { decideSelection, selectEndpoints } from '../../src/service/select-endpoints.ts';
import type { ServicePort } from '../../src/service/service-port.ts';
import { endpointOf, local, remote, servicePortOf } from '../support/model.ts';

const unready = endpointOf('10.180.0.3', { ready: false, nodeName: undefined });

function explain(policy: Partial<ServicePort>): EndpointExplanation[] {
  const all = [remote, local, unready];
  const context = {
    topology: { nodeName: 'node-a', zone: '' },
    behaviour: behaviourOf('1.36', {}),
  };
  const servicePort = servicePortOf(policy);
  const listed = all.map((endpoint) => ({ endpoint, slice: 'a', replacedBy: undefined }));
  return explainEndpoints(
    [...listed, { endpoint: remote, slice: 'b', replacedBy: 'a' }],
    decideSelection(servicePort, all, context),
    selectEndpoints(servicePort, all, context),
  );
}

test('shares, reasons and places, for policy Cluster alone', () => {
  expect(explain({})).toEqual([
    {
      address: '10.180.0.1:80',
      nodeName: 'node-b',
      isLocal: false,
      slice: 'a',
      cluster: { share: 0.5, reason: 'ready' },
    },
    {
      address: '10.180.0.2:80',
      nodeName: 'node-a',
      isLocal: true,
      slice: 'a',
      cluster: { share: 0.5, reason: 'ready' },
    },
    {
      address: '10.180.0.3:80',
      isLocal: false,
      slice: 'a',
      cluster: { share: 0, reason: 'not ready' },
    },
    { address: '10.180.0.1:80', nodeName: 'node-b', isLocal: false, slice: 'b', replacedBy: 'a' },
  ]);
});

test('for both policies, and for policy Local alone', () => {
  const both = explain({ internalPolicyLocal: true, nodePort: 30_080 });
  expect(both.map((one) => [one.cluster?.share, one.local?.share, one.local?.reason])).toEqual([
    [0.5, 0, 'on another node'],
    [0.5, 1, 'ready'],
    [0, 0, 'on no node that is named'],
    [undefined, undefined, undefined],
  ]);
  const onlyLocal = explain({ internalPolicyLocal: true });
  expect(onlyLocal.map((one) => one.cluster)).toEqual(Array.from({ length: 4 }, () => undefined));
});
