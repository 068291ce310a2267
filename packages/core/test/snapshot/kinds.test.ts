import { expect, test } from 'vitest';
import { snapshotKindOf } from '../../src/snapshot/kinds.ts';

test.for<[string, string, string | undefined]>([
  ['v1', 'Service', 'service'],
  ['discovery.k8s.io/v1', 'EndpointSlice', 'endpointSlice'],
  ['v1', 'Node', 'node'],
  ['kubeproxy.config.k8s.io/v1alpha1', 'KubeProxyConfiguration', 'configuration'],
  ['kube-rules/v1alpha1', 'NodeState', 'nodeState'],
  ['serving.knative.dev/v1', 'Service', undefined],
  ['discovery.k8s.io/v1beta1', 'EndpointSlice', undefined],
  ['v1', 'EndpointSlice', undefined],
  ['v1', 'service', undefined],
  ['v1', 'ConfigMap', undefined],
  ['', 'toString', undefined],
])('%s %s is of kind %s', ([apiVersion, kind, expected]) => {
  expect(snapshotKindOf({ apiVersion, kind, value: {}, rangeOf: () => undefined, text: '' })).toBe(
    expected,
  );
});
