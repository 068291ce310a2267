import { isUsable } from '../service/select-endpoints.ts';
import type { LintContext, ServedService } from './lint-context.ts';

/** Of the nodes looked at, those without an endpoint that could serve the Service; none if no node has one. */
export function nodesWithoutEndpoint(
  { servicePorts }: ServedService,
  { nodes }: LintContext,
): string[] {
  const serving = new Set(
    servicePorts
      .flatMap(({ allEndpoints }) => allEndpoints)
      .filter(isUsable)
      .map(({ nodeName }) => nodeName),
  );
  if (serving.size === 0) return [];
  return nodes.map(({ metadata }) => metadata.name).filter((name) => !serving.has(name));
}
