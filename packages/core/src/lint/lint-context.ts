import type { ResolvedFamily, ResolvedServicePort } from '../service/resolve-family.ts';
import { serviceNameLabel, type EndpointSlice } from '../snapshot/endpoint-slice.ts';
import type { Node } from '../snapshot/node.ts';
import type { Service } from '../snapshot/service.ts';
import { snapshotForNode } from '../snapshot/snapshot-for-node.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { groupBy } from '../util/group-by.ts';
import type { LintMode } from './lint-rule.ts';

/** A Service that kube-proxy serves, with what belongs to it. */
export interface ServedService {
  readonly service: Service;
  /** `namespace/name`. */
  readonly name: string;
  /** Of both families, whatever else hides them. */
  readonly slices: readonly EndpointSlice[];
  /** Of both families; never empty. */
  readonly servicePorts: readonly ResolvedServicePort[];
}

/** A snapshot, indexed once for all rules. */
export interface LintContext {
  readonly snapshot: Snapshot;
  readonly mode: LintMode;
  readonly families: readonly ResolvedFamily[];
  readonly services: readonly ServedService[];
  /** The nodes looked at: the one that is wanted, else all. */
  readonly nodes: readonly Node[];
  /** The snapshot as each of these nodes sees it. */
  readonly nodeSnapshots: readonly Snapshot[];
  /** The names of nodes that endpoints are on. */
  readonly endpointNodes: ReadonlySet<string>;
  /** Whether any endpoint has topology hints: mostly none has, and rules about them need not look. */
  readonly hasHints: boolean;
  /** Whether a Node of this name is in the snapshot. */
  readonly hasNode: (name: string) => boolean;
}

export function createLintContext(
  snapshot: Snapshot,
  mode: LintMode,
  families: readonly ResolvedFamily[],
): LintContext {
  const known = new Set(snapshot.nodes.map(({ metadata }) => metadata.name));
  const { nodeName } = snapshot;
  const wanted = snapshot.nodes.filter(({ metadata }) => metadata.name === nodeName);
  const nodes = nodeName === '' ? snapshot.nodes : wanted;
  return {
    snapshot,
    mode,
    families,
    services: servedServices(snapshot, families),
    nodes,
    nodeSnapshots:
      nodeName === ''
        ? nodes.map(({ metadata }) => snapshotForNode(snapshot, metadata.name))
        : [snapshot],
    ...surveyEndpoints(snapshot.endpointSlices),
    hasNode: (name) => known.has(name),
  };
}

function servedServices(snapshot: Snapshot, families: readonly ResolvedFamily[]): ServedService[] {
  const servicePorts = groupBy(
    families.flatMap((family) => family.servicePorts),
    ({ servicePort }) => `${servicePort.namespace}/${servicePort.serviceName}`,
  );
  const slices = groupBy(
    snapshot.endpointSlices,
    ({ metadata: { namespace, labels } }) => `${namespace}/${labels?.[serviceNameLabel]}`,
  );
  return snapshot.services.flatMap((service) => {
    const name = `${service.metadata.namespace}/${service.metadata.name}`;
    const ports = servicePorts.get(name);
    if (!ports) return [];
    return [{ service, name, servicePorts: ports, slices: slices.get(name) ?? [] }];
  });
}

/** There may be very many: what several rules ask of all of them is found in one go. */
function surveyEndpoints(
  slices: readonly EndpointSlice[],
): Pick<LintContext, 'endpointNodes' | 'hasHints'> {
  const endpointNodes = new Set<string>();
  let hasHints = false;
  for (const { endpoints } of slices) {
    for (const { nodeName, hints } of endpoints) {
      if (nodeName !== undefined) endpointNodes.add(nodeName);
      if (hints !== undefined) hasHints = true;
    }
  }
  return { endpointNodes, hasHints };
}
