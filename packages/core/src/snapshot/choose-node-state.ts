import { findUnknownFields } from '../config/unknown-fields.ts';
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Sourced } from './check-objects.ts';
import type { NodeState } from './node-state.ts';
import { objectRef } from './object-ref.ts';

/** The last state that is this node's or nobody's; the only one there is may bear the name before `hostnameOverride`. */
export function chooseNodeState(nodeName: string, states: readonly NodeState[]): NodeState {
  const isOurs = (state: NodeState): boolean =>
    states.length === 1 || (state.nodeName ?? nodeName).trim().toLowerCase() === nodeName;
  return states.findLast(isOurs) ?? {};
}

const shape = {
  apiVersion: '',
  kind: '',
  metadata: {},
  nodeName: '',
  kernel: '',
  tools: {},
  modules: [],
  interfaces: [],
  sysctls: {},
  proxyPorts: {},
  iptables: { backend: '', randomFully: true, nfacct: false },
};

export function findUnknownNodeStateFields({ object }: Sourced<NodeState>): Diagnostic[] {
  return findUnknownFields(object.value, shape).map(({ path, suggestion }) => {
    const hint = suggestion === undefined ? '.' : `; did you mean "${suggestion}"?`;
    return createDiagnostic('CONFIG_FIELD_UNKNOWN', {
      message: `A NodeState has no such field${hint}`,
      objects: [objectRef(object, path)],
      range: object.rangeOf(path),
    });
  });
}
