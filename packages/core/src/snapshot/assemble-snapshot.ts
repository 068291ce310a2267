import type { z } from 'zod';
import type { ConfigurationLayer } from '../config/configuration-layer.ts';
import { effectiveConfiguration } from '../config/effective-configuration.ts';
import { findUnknownFields } from '../config/unknown-fields.ts';
import type { DiagnosticCode } from '../diagnostics/codes.ts';
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { groupBy } from '../util/group-by.ts';
import { checkObject } from './check-object.ts';
import { findDuplicatePortNames, findNodePortConflicts } from './check-service-ports.ts';
import { chooseNode } from './choose-node.ts';
import { isKubeProxyConfigMap, readConfigMap } from './config-map.ts';
import { endpointSliceSchema } from './endpoint-slice.ts';
import { snapshotKindOf, type SnapshotKind } from './kinds.ts';
import { nodeStateSchema, type NodeState } from './node-state.ts';
import { nodeSchema } from './node.ts';
import { objectRef } from './object-ref.ts';
import type { RawObject } from './raw-object.ts';
import { serviceSchema } from './service.ts';
import type { ParsedSnapshot } from './snapshot.ts';

export interface AssembleOptions {
  readonly nodeName: string | undefined;
  /** Configuration above the documents', such as flags. */
  readonly layers: readonly ConfigurationLayer[];
}

interface Sourced<Value> {
  readonly object: RawObject;
  readonly value: Value;
}

/** Codes that leave no node or no configuration to compile for. */
const fatalCodes: ReadonlySet<DiagnosticCode> = new Set([
  'CONFIG_VALUE_INVALID',
  'FLAG_INVALID',
  'FLAG_UNKNOWN',
  'NODE_AMBIGUOUS',
  'NODE_UNKNOWN',
]);

/** Checks the objects and makes a snapshot of what is valid. */
export function assembleSnapshot(
  objects: readonly RawObject[],
  found: readonly Diagnostic[],
  { nodeName: asked, layers }: AssembleOptions,
): ParsedSnapshot {
  const diagnostics = [...found];
  const byKind = groupBy(objects, snapshotKindOf);
  const checkAll = <Value>(kind: SnapshotKind, schema: z.ZodType<Value>): Sourced<Value>[] =>
    (byKind.get(kind) ?? []).flatMap((object) => {
      const checked = checkObject(schema, object);
      diagnostics.push(...checked.diagnostics);
      return checked.value === undefined ? [] : [{ object, value: checked.value }];
    });

  const services = lastOfEachName(checkAll('service', serviceSchema), diagnostics);
  const endpointSlices = lastOfEachName(
    checkAll('endpointSlice', endpointSliceSchema),
    diagnostics,
  );
  const nodes = lastOfEachName(checkAll('node', nodeSchema), diagnostics).map(({ value }) => value);
  const nodeStates = checkAll('nodeState', nodeStateSchema);
  diagnostics.push(
    ...services.flatMap(findDuplicatePortNames),
    ...findNodePortConflicts(services),
    ...nodeStates.flatMap(findUnknownNodeStateFields),
    ...reportIgnoredKinds(byKind.get(undefined) ?? []),
  );

  const documentLayers = configurationLayers(objects, diagnostics);
  const effective = effectiveConfiguration([...documentLayers, ...layers]);
  diagnostics.push(...effective.diagnostics);
  const { config, sources } = effective;
  const states = nodeStates.map(({ value }) => value);
  const chosen = chooseNode({ asked, config, nodes, nodeStates: states });
  diagnostics.push(...chosen.diagnostics);
  const { nodeName } = chosen;
  return {
    snapshot: {
      nodeName,
      services: services.map(({ value }) => value),
      endpointSlices: endpointSlices.map(({ value }) => value),
      nodes,
      config,
      configSources: sources,
      nodeState: nodeStateOf(nodeName, states),
      unusable: diagnostics.filter(({ code }) => fatalCodes.has(code)),
    },
    diagnostics,
  };
}

/** In a snapshot of several files the same object may come twice; as with `kubectl apply`, the last one counts. */
function lastOfEachName<
  Value extends { readonly metadata: { readonly name: string; readonly namespace?: string } },
>(items: readonly Sourced<Value>[], diagnostics: Diagnostic[]): Sourced<Value>[] {
  const last = new Map<string, Sourced<Value>>();
  for (const item of items) {
    const { namespace = '', name } = item.value.metadata;
    const key = `${namespace}/${name}`;
    if (last.has(key)) diagnostics.push(reportDuplicate(item.object));
    last.set(key, item);
  }
  return [...last.values()];
}

function reportDuplicate(object: RawObject): Diagnostic {
  const path = ['metadata', 'name'];
  const message = `The ${object.kind} is there more than once; this one replaces the one before.`;
  return createDiagnostic('OBJECT_DUPLICATE', {
    message,
    objects: [objectRef(object, [])],
    range: object.rangeOf(path),
  });
}

function reportIgnoredKinds(objects: readonly RawObject[]): Diagnostic[] {
  const others = objects.filter((object) => !isKubeProxyConfigMap(object));
  const groups = groupBy(others, ({ apiVersion, kind }) => `${apiVersion} ${kind}`);
  return [...groups].map(([key, group]) => {
    const [first] = group;
    const count = group.length === 1 ? '1 object' : `${group.length} objects`;
    return createDiagnostic('KIND_IGNORED', {
      message: `${count} of ${/^[\w./ -]{1,100}$/.test(key) ? key : 'an unknown kind'} ignored: kube-proxy does not read that kind.`,
      objects: first ? [objectRef({ ...first, kind: first.kind.slice(0, 63) }, [])] : [],
      range: first?.rangeOf(['kind']),
    });
  });
}

const nodeStateShape = {
  apiVersion: '',
  kind: '',
  metadata: {},
  nodeName: '',
  interfaces: [],
  sysctls: {},
  iptables: { randomFully: true, nfacct: false },
};

function findUnknownNodeStateFields({ object }: Sourced<NodeState>): Diagnostic[] {
  return findUnknownFields(object.value, nodeStateShape).map(({ path, suggestion }) => {
    const hint = suggestion === undefined ? '.' : `; did you mean "${suggestion}"?`;
    return createDiagnostic('CONFIG_FIELD_UNKNOWN', {
      message: `A NodeState has no such field${hint}`,
      objects: [objectRef(object, path)],
      range: object.rangeOf(path),
    });
  });
}

/** Of several configurations only the last counts: kube-proxy reads one file. */
function configurationLayers(
  objects: readonly RawObject[],
  diagnostics: Diagnostic[],
): ConfigurationLayer[] {
  const documents = objects.filter(
    (object) => snapshotKindOf(object) === 'configuration' || isKubeProxyConfigMap(object),
  );
  for (const object of documents.slice(1)) {
    const message =
      'The snapshot holds more than one configuration of kube-proxy; this one replaces the one before.';
    diagnostics.push(
      createDiagnostic('CONFIG_DUPLICATE', {
        message,
        objects: [objectRef(object, [])],
        range: object.rangeOf(['kind']),
      }),
    );
  }
  const object = documents.at(-1);
  if (!object) {
    const message =
      "The snapshot holds no configuration of kube-proxy; kube-proxy's defaults are used.";
    diagnostics.push(createDiagnostic('CONFIG_MISSING', { message }));
    return [];
  }
  if (isKubeProxyConfigMap(object)) {
    const read = readConfigMap(object);
    diagnostics.push(...read.diagnostics);
    return read.layer ? [read.layer] : [];
  }
  const file = object.rangeOf([])?.source ?? '';
  return [
    { value: object.value, rangeOf: object.rangeOf, sourceOf: () => ({ kind: 'file', file }) },
  ];
}

/** The last state that is this node's or nobody's; the only one there is may bear the name before `hostnameOverride`. */
function nodeStateOf(nodeName: string, states: readonly NodeState[]): NodeState {
  const isOurs = (state: NodeState): boolean =>
    states.length === 1 || (state.nodeName ?? nodeName).trim().toLowerCase() === nodeName;
  return states.findLast(isOurs) ?? {};
}
