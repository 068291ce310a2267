import type { HealthCheckExplanation } from '@kube-rules/core';
import { count } from './count.ts';

/** What the node answers to a load balancer that asks, in a line. */
export function printHealthCheck(check: HealthCheckExplanation): string {
  const { family, port, status, localEndpoints, nodeAddresses } = check;
  const where =
    nodeAddresses === undefined
      ? 'every address of the node'
      : nodeAddresses.join(', ') || 'no address of the node';
  return `health check ${family}, port ${port} on ${where}: ${status}, ${count(localEndpoints, 'ready endpoint')} here`;
}
