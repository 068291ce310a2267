import type { SelectedEndpoints } from '../../../service/select-endpoints.ts';
import type { ServicePort } from '../../../service/service-port.ts';
import { originOf } from '../../shared/origin-of.ts';
import { containers } from './objects.ts';
import type { PlacedElement } from './placed-element.ts';

/** Traffic of this node's endpoints to themselves is masqueraded. */
export function hairpinElements(
  servicePort: ServicePort,
  { reachable }: SelectedEndpoints,
): PlacedElement[] {
  const { protocol } = servicePort;
  return reachable
    .filter(({ isLocal }) => isLocal)
    .map((endpoint) => ({
      container: containers.hairpinConnections,
      element: {
        key: [endpoint.ip, endpoint.ip, protocol, String(endpoint.port)],
        origin: originOf(servicePort, 'hairpin', endpoint),
      },
    }));
}
