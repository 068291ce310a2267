import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ResolvedFamily } from './resolve-family.ts';

/** `nodePortAddresses` that no interface of the node has: node ports of that family then answer nowhere. */
export function findEmptyNodePortAddresses(
  families: readonly Pick<ResolvedFamily, 'family' | 'nodePortAddresses'>[],
): Diagnostic[] {
  return families
    .filter(({ nodePortAddresses: { matchAll, addresses } }) => !matchAll && addresses.length === 0)
    .map(({ family }) =>
      createDiagnostic('NODE_PORT_ADDRESSES_EMPTY', {
        message: `No ${family} address of the node is within nodePortAddresses: node ports answer on none.`,
        objects: [{ kind: 'KubeProxyConfiguration', path: 'nodePortAddresses' }],
      }),
    );
}
