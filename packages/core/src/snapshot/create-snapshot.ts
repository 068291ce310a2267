import type { KubeProxyConfigurationInput } from '../config/schema.ts';
import { assembleSnapshot } from './assemble-snapshot.ts';
import type { EndpointSliceInput } from './endpoint-slice.ts';
import type { NodeStateInput } from './node-state.ts';
import type { NodeInput } from './node.ts';
import { isMapping, type RawObject } from './raw-object.ts';
import type { ServiceInput } from './service.ts';
import type { ParsedSnapshot } from './snapshot.ts';

/** A cluster as objects in memory; those of a Kubernetes client's own types fit. */
export interface SnapshotInput {
  readonly services?: readonly ServiceInput[];
  readonly endpointSlices?: readonly EndpointSliceInput[];
  readonly nodes?: readonly NodeInput[];
  readonly config?: KubeProxyConfigurationInput;
  readonly nodeState?: NodeStateInput;
}

export interface CreateSnapshotOptions {
  /** The node whose rules are wanted, where the snapshot leaves a choice. */
  readonly nodeName?: string;
}

/** Makes a snapshot of objects in memory, with the same checks and defaults as `parseSnapshot`. */
export function createSnapshot(
  input: SnapshotInput,
  options: CreateSnapshotOptions = {},
): ParsedSnapshot {
  const { services = [], endpointSlices = [], nodes = [], config, nodeState } = input;
  const objects = [
    ...services.map(rawObject('v1', 'Service')),
    ...endpointSlices.map(rawObject('discovery.k8s.io/v1', 'EndpointSlice')),
    ...nodes.map(rawObject('v1', 'Node')),
    ...[config ?? []]
      .flat()
      .map(rawObject('kubeproxy.config.k8s.io/v1alpha1', 'KubeProxyConfiguration')),
    ...[nodeState ?? []].flat().map(rawObject('kube-rules/v1alpha1', 'NodeState')),
  ];
  return assembleSnapshot(objects, [], { nodeName: options.nodeName, layers: [] });
}

function rawObject(apiVersion: string, kind: string): (value: unknown) => RawObject {
  return (value) => ({
    apiVersion,
    kind,
    value: isMapping(value) ? value : {},
    rangeOf: () => undefined,
    text: '',
  });
}
