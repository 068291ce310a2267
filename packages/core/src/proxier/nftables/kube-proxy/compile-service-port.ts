import type { ResolvedServicePort } from '../../../service/resolve-family.ts';
import { externalChain, firewallChain } from './chains.ts';
import type { NftablesContext } from './context.ts';
import { serviceElements } from './elements.ts';
import { endpointChains, policyChains } from './endpoint-chains.ts';
import type { Fragment } from './fragment.ts';
import { routeServicePort } from './routing.ts';

/** Everything that one service port puts into the table in kube-proxy's own layout. */
export function compileServicePort(
  resolved: ResolvedServicePort,
  context: NftablesContext,
): Fragment {
  const routing = routeServicePort(resolved);
  const parts: readonly Partial<Fragment>[] = [
    serviceElements(routing),
    externalChain(routing, context),
    firewallChain(routing, context),
    policyChains(routing, context),
    endpointChains(routing, context),
  ];
  return {
    chains: parts.flatMap(({ chains }) => chains ?? []),
    sets: parts.flatMap(({ sets }) => sets ?? []),
    elements: parts.flatMap(({ elements }) => elements ?? []),
  };
}
