import type { RawObject } from './raw-object.ts';

/** The kinds that a snapshot holds, by apiVersion and kind. Anything else is ignored. */
const kinds = {
  'v1/Service': 'service',
  'discovery.k8s.io/v1/EndpointSlice': 'endpointSlice',
  'v1/Node': 'node',
  'kubeproxy.config.k8s.io/v1alpha1/KubeProxyConfiguration': 'configuration',
  'kube-rules/v1alpha1/NodeState': 'nodeState',
} as const;

export type SnapshotKind = (typeof kinds)[keyof typeof kinds];

export function snapshotKindOf({ apiVersion, kind }: RawObject): SnapshotKind | undefined {
  const key = `${apiVersion}/${kind}`;
  return isKnown(key) ? kinds[key] : undefined;
}

function isKnown(key: string): key is keyof typeof kinds {
  return Object.hasOwn(kinds, key);
}
