import type { ConfigurationLayer } from '../config/configuration-layer.ts';
import { effectiveConfiguration } from '../config/effective-configuration.ts';
import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../util/group-by.ts';
import { checkObjects, keepLastOfEachName, type Sourced } from './check-objects.ts';
import { findDuplicatePortNames, findNodePortConflicts } from './check-service-ports.ts';
import { chooseNode } from './choose-node.ts';
import { chooseNodeState, findUnknownNodeStateFields } from './choose-node-state.ts';
import { findConfigurationLayers } from './configuration-layers.ts';
import { endpointSliceSchema } from './endpoint-slice.ts';
import { reportIgnoredKinds } from './ignored-kinds.ts';
import { snapshotKindOf } from './kinds.ts';
import { nodeStateSchema } from './node-state.ts';
import { nodeSchema } from './node.ts';
import type { RawObject } from './raw-object.ts';
import { serviceSchema } from './service.ts';
import type { ParsedSnapshot } from './snapshot.ts';

export interface AssembleOptions {
  readonly nodeName: string | undefined;
  /** Configuration above the documents', such as flags. */
  readonly layers: readonly ConfigurationLayer[];
  /** Of the machine whose rules are wanted. */
  readonly machineName?: string | undefined;
}

/** Codes that leave no node or no configuration to compile for. */
const fatalCodes: ReadonlySet<DiagnosticCode> = new Set([
  'CONFIG_VALUE_INVALID',
  'FLAG_INVALID',
  'FLAG_UNKNOWN',
  'NODE_AMBIGUOUS',
  'NODE_UNKNOWN',
]);

/** Checks the objects and makes a snapshot of what is valid. `found` are the diagnostics of reading them. */
export function assembleSnapshot(
  objects: readonly RawObject[],
  found: readonly Diagnostic[],
  { nodeName: asked, layers, machineName }: AssembleOptions,
): ParsedSnapshot {
  const byKind = groupBy(objects, snapshotKindOf);
  const services = keepLastOfEachName(checkObjects(byKind.get('service'), serviceSchema));
  const slices = keepLastOfEachName(checkObjects(byKind.get('endpointSlice'), endpointSliceSchema));
  const nodes = keepLastOfEachName(checkObjects(byKind.get('node'), nodeSchema));
  const nodeStates = checkObjects(byKind.get('nodeState'), nodeStateSchema);
  const configuration = findConfigurationLayers(objects);
  const effective = effectiveConfiguration([...configuration.layers, ...layers]);
  const candidates = { nodes: valuesOf(nodes.items), nodeStates: valuesOf(nodeStates.items) };
  const { nodeName, ...chosen } = chooseNode({
    asked,
    config: effective.config,
    machineName,
    ...candidates,
  });
  const diagnostics = [
    found,
    ...[services, slices, nodes, nodeStates].map((checked) => checked.diagnostics),
    services.items.flatMap(findDuplicatePortNames),
    findNodePortConflicts(services.items),
    nodeStates.items.flatMap(findUnknownNodeStateFields),
    reportIgnoredKinds(byKind.get(undefined) ?? []),
    configuration.diagnostics,
    effective.diagnostics,
    chosen.diagnostics,
  ].flat();
  return {
    snapshot: {
      nodeName,
      services: valuesOf(services.items),
      endpointSlices: valuesOf(slices.items),
      nodes: candidates.nodes,
      config: effective.config,
      configSources: effective.sources,
      nodeState: chooseNodeState(nodeName, candidates.nodeStates),
      unusable: diagnostics.filter(({ code }) => fatalCodes.has(code)),
    },
    diagnostics,
  };
}

function valuesOf<Value>(items: readonly Sourced<Value>[]): Value[] {
  return items.map(({ value }) => value);
}
