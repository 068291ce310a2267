import type { ResolvedServicePort } from '../service/resolve-family.ts';
import { isExternallyAccessible } from '../service/service-port.ts';

/** Whether one of these can be called from outside, and only on nodes with an endpoint of their own. */
export function isExternalLocal(servicePorts: readonly ResolvedServicePort[]): boolean {
  return servicePorts.some(
    ({ servicePort }) => servicePort.externalPolicyLocal && isExternallyAccessible(servicePort),
  );
}
