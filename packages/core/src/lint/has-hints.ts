import type { EndpointSlice } from '../snapshot/endpoint-slice.ts';

/** Whether an endpoint of the slice has topology hints, of any kind. */
export function hasHints({ endpoints }: EndpointSlice): boolean {
  return endpoints.some(({ hints }) => hints !== undefined);
}
