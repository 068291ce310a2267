import type { Origin, OriginEndpoint } from '../../ruleset/origin.ts';
import type { ServicePort } from '../../service/service-port.ts';

export function originOf(
  { name, protocol }: ServicePort,
  reason: string,
  endpoint?: OriginEndpoint,
): Origin {
  if (!endpoint) return { reason, servicePort: name, protocol };
  return { reason, servicePort: name, protocol, endpoint };
}
