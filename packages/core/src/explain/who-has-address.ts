import { joinHostPort } from '../netaddr/host-port.ts';
import { parseIP } from '../netaddr/ip.ts';
import { printIP } from '../netaddr/print-ip.ts';
import type { ResolvedServicePort } from '../service/resolve-family.ts';

/** Who answers at an address, or has it. */
export interface AddressOwner {
  /** `cluster IP`, `external IP`, `load balancer IP`, `node port`, `endpoint`, `node`. */
  readonly role: string;
  /** `namespace/name:port`; none for a node. */
  readonly servicePort?: string;
  /** `ip:port/protocol` of a Service, the endpoint's `ip:port`, the name of a node. */
  readonly what: string;
  /** The node of an endpoint. */
  readonly nodeName?: string;
}

/** An address that is asked for, with or without a port. */
export interface AddressQuery {
  /** In canonical form; `undefined` if only a port is asked for. */
  readonly ip: string | undefined;
  readonly port: number | undefined;
}

/** Reads `ip`, `ip:port`, `[ip]:port` or `:port`; `undefined` for anything else. */
export function parseAddressQuery(text: string): AddressQuery | undefined {
  const whole = parseIP(text);
  if (whole) return { ip: printIP(whole), port: undefined };
  const found = /^(?:\[(?<six>[^\]]+)\]|(?<four>[\d.]*)):(?<port>\d{1,5})$/.exec(text)?.groups;
  if (!found) return undefined;
  const address = found['six'] ?? found['four'] ?? '';
  const port = Number(found['port']);
  if (address === '') return { ip: undefined, port };
  const bytes = parseIP(address);
  return bytes && { ip: printIP(bytes), port };
}

/** The named addresses of a node. */
export interface NodeAddresses {
  readonly nodeName: string;
  readonly addresses: readonly string[];
}

/** All service ports, endpoints and nodes that an address belongs to. */
export function whoHasAddress(
  { ip, port }: AddressQuery,
  servicePorts: readonly ResolvedServicePort[],
  nodes: readonly NodeAddresses[],
): AddressOwner[] {
  const isAsked = (address: string, itsPort: number): boolean =>
    (ip === undefined || canonical(address) === ip) && (port === undefined || port === itsPort);
  const ofServices = servicePorts.flatMap((resolved) => {
    const { servicePort, allEndpoints } = resolved;
    const { name, protocol, nodePort } = servicePort;
    const doors = [
      ['cluster IP', [servicePort.clusterIP]],
      ['external IP', servicePort.externalIPs],
      ['load balancer IP', servicePort.loadBalancerVIPs],
    ] as const;
    return [
      ...doors.flatMap(([role, addresses]) =>
        addresses
          .filter((address) => isAsked(address, servicePort.port))
          .map((address): AddressOwner => ({
            role,
            servicePort: name,
            what: `${joinHostPort(address, servicePort.port)}/${protocol}`,
          })),
      ),
      ...(nodePort !== 0 && nodePort === port
        ? [{ role: 'node port', servicePort: name, what: `${nodePort}/${protocol}` }]
        : []),
      ...allEndpoints
        .filter((endpoint) => ip !== undefined && isAsked(endpoint.ip, endpoint.port))
        .map((endpoint): AddressOwner => ({
          role: 'endpoint',
          servicePort: name,
          what: endpoint.address,
          ...(endpoint.nodeName !== undefined && { nodeName: endpoint.nodeName }),
        })),
    ];
  });
  const ofNodes = nodes
    .filter(({ addresses }) => ip !== undefined && addresses.some((one) => canonical(one) === ip))
    .map(({ nodeName }): AddressOwner => ({ role: 'node', what: nodeName }));
  return [...unique(ofServices), ...ofNodes];
}

function canonical(address: string): string {
  const bytes = parseIP(address);
  return bytes ? printIP(bytes) : address;
}

/** A dual-stack Service has its node port in both families. */
function unique(owners: readonly AddressOwner[]): AddressOwner[] {
  return [...new Map(owners.map((owner) => [JSON.stringify(owner), owner])).values()];
}
