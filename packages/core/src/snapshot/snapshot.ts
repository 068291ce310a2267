import type { ConfigurationSource } from '../config/configuration-layer.ts';
import type { KubeProxyConfiguration } from '../config/configuration.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { EndpointSlice } from './endpoint-slice.ts';
import type { Locate } from './locator.ts';
import type { NodeState } from './node-state.ts';
import type { Node } from './node.ts';
import type { Service } from './service.ts';

/** A cluster as one node's kube-proxy sees it. Plain data, checked, with all defaults filled in. */
export interface Snapshot {
  /** The node whose rules are wanted, lower-cased; empty if `unusable` says why there is none. */
  readonly nodeName: string;
  readonly services: readonly Service[];
  readonly endpointSlices: readonly EndpointSlice[];
  readonly nodes: readonly Node[];
  readonly config: KubeProxyConfiguration;
  /** Where each value of `config` comes from, by its path. */
  readonly configSources: Readonly<Record<string, ConfigurationSource>>;
  readonly nodeState: NodeState;
  /** The states of all nodes, for whoever asks about more than one. */
  readonly nodeStates: readonly NodeState[];
  /** Of the ConfigMap that `config` comes from; empty if it comes from elsewhere. */
  readonly configAnnotations: Readonly<Record<string, string>>;
  /** Why `compile` refuses this snapshot; empty if it does not. */
  readonly unusable: readonly Diagnostic[];
}

export interface ParsedSnapshot {
  readonly snapshot: Snapshot;
  readonly diagnostics: readonly Diagnostic[];
  /** Says where a diagnostic about the snapshot stands in the input; see `locator`. */
  readonly locate: Locate;
}
