import { objectName, type ObjectName } from '../../ruleset/nftables/index.ts';
import type { Endpoint } from '../../service/endpoint.ts';
import type { ServicePort } from '../../service/service-port.ts';
import { hash16 } from './hash.ts';

/** Chains named for a service port, and, for an endpoint, a chain and a set. */
export type ServicePrefix = 'service' | 'local' | 'external' | 'firewall';
export type EndpointPrefix = 'endpoint' | 'affinity';

const longest = 240;

export function servicePortObject(prefix: ServicePrefix, servicePort: ServicePort): ObjectName {
  return hashedName(prefix, baseOf(servicePort));
}

export function endpointObject(
  prefix: EndpointPrefix,
  servicePort: ServicePort,
  { ip, port }: Endpoint,
): ObjectName {
  return hashedName(prefix, `${baseOf(servicePort)}__${ip.replaceAll(':', '.')}/${port}`);
}

function baseOf({ namespace, serviceName, protocol, portName }: ServicePort): string {
  return `${namespace}/${serviceName}/${protocol}/${portName}`;
}

/** The hash tells names apart that are alike after they were cut. */
function hashedName(prefix: string, name: string): ObjectName {
  const full = `${hash16(name).slice(0, 8)}-${name}`;
  const shown = full.length > longest ? `${full.slice(0, longest - 3)}...` : full;
  return objectName(`${prefix}-${shown}`);
}
