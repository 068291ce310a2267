import type { Match } from '../../ruleset/iptables/index.ts';
import type { LocalTrafficDetector } from '../../service/local-traffic-detector.ts';
import type { ServicePort } from '../../service/service-port.ts';

export function commentMatch(text: string): Match {
  return { kind: 'comment', text };
}

const protocolMatches = {
  tcp: { kind: 'protocol', protocol: 'tcp', module: true },
  udp: { kind: 'protocol', protocol: 'udp', module: true },
  sctp: { kind: 'protocol', protocol: 'sctp', module: true },
} as const satisfies Record<string, Match>;

export function protocolMatch({ protocol }: Pick<ServicePort, 'protocol'>): Match {
  return protocolMatches[protocol];
}

/** Traffic to one of the service port's addresses. */
export function addressMatches(servicePort: ServicePort, address: string): Match[] {
  return [
    protocolMatch(servicePort),
    { kind: 'destination', address },
    { kind: 'destinationPort', port: servicePort.port },
  ];
}

/** Traffic from this node's pods, or with `inverted` from anywhere else. */
export function localTrafficMatch(detector: LocalTrafficDetector, inverted?: true): Match {
  const not = inverted && { inverted };
  switch (detector.kind) {
    case 'cidr':
      return { kind: 'source', address: detector.cidr, ...not };
    case 'bridgeInterface':
      return { kind: 'inInterface', name: detector.name, ...not };
    case 'interfaceNamePrefix':
      return { kind: 'inInterface', name: `${detector.prefix}+`, ...not };
  }
}
