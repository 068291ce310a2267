import type { ServicePort } from '../../service/service-port.ts';

/** What tells a service port from all others, in both families alike: `prod/web:http/tcp`. */
export function keyOf({ name, protocol }: Pick<ServicePort, 'name' | 'protocol'>): string {
  return `${name}/${protocol}`;
}
