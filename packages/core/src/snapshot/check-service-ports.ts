import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { quoteValue } from '../util/quote-value.ts';
import type { Sourced } from './check-objects.ts';
import { objectRef } from './object-ref.ts';
import type { Service } from './service.ts';

type SourcedService = Sourced<Service>;

/** Ports of one Service must have different names; kube-proxy takes the last of one name and protocol. */
export function findDuplicatePortNames({ object, value }: SourcedService): Diagnostic[] {
  const { ports } = value.spec;
  const names = new Set<string>();
  return ports.flatMap(({ name }, index) => {
    if (!names.has(name)) {
      names.add(name);
      return [];
    }
    const path = ['spec', 'ports', index, 'name'];
    const message =
      `The port name ${quoteValue(name)} is used twice in the Service; ` +
      'of ports with one name and protocol only the last is used.';
    const range = object.rangeOf(path);
    return [
      createDiagnostic('PORT_NAME_DUPLICATE', {
        message,
        objects: [objectRef(object, path)],
        range,
      }),
    ];
  });
}

/** A node port belongs to one port of one Service; if two claim it, kube-proxy programs both and the first wins. */
export function findNodePortConflicts(services: readonly SourcedService[]): Diagnostic[] {
  const claims = new Map<string, SourcedService>();
  const diagnostics: Diagnostic[] = [];
  for (const claimant of services) {
    for (const [index, { nodePort, protocol }] of claimant.value.spec.ports.entries()) {
      if (nodePort === 0) continue;
      const key = `${nodePort}/${protocol}`;
      const holder = claims.get(key);
      if (holder) diagnostics.push(conflict(key, holder, { ...claimant, index }));
      else claims.set(key, claimant);
    }
  }
  return diagnostics;
}

function conflict(
  key: string,
  holder: SourcedService,
  claimant: SourcedService & { index: number },
): Diagnostic {
  const { namespace, name } = holder.value.metadata;
  const path = ['spec', 'ports', claimant.index, 'nodePort'];
  return createDiagnostic('NODE_PORT_CONFLICT', {
    message: `Node port ${key} is already claimed by Service ${namespace}/${name}; only one of them gets its traffic.`,
    objects: [objectRef(claimant.object, path), objectRef(holder.object, [])],
    range: claimant.object.rangeOf(path),
  });
}
