import type { Verdict } from '../../../ruleset/nftables/index.ts';
import { originOf } from '../../shared/origin-of.ts';
import { hairpinElements } from '../shared/hairpin-elements.ts';
import { containers, type Container } from '../shared/objects.ts';
import type { PlacedElement } from '../shared/placed-element.ts';
import type { Fragment } from './fragment.ts';
import type { Routing } from './routing.ts';

interface ElementParts {
  readonly key: readonly string[];
  readonly reason: string;
  readonly verdict?: Verdict;
  /** The maps that turn traffic away say for whom. */
  readonly named?: true;
}

function element(
  { servicePort }: Routing,
  container: Container,
  parts: ElementParts,
): PlacedElement {
  const { key, reason, verdict, named } = parts;
  return {
    container: containers[container],
    element: {
      key,
      ...(named && { comment: servicePort.name }),
      ...(verdict && { verdict }),
      origin: originOf(servicePort, reason),
    },
  };
}

function addressKey({ servicePort: { protocol, port } }: Routing, ip: string): string[] {
  return [ip, protocol, String(port)];
}

/** The elements of a service port's addresses, in the order in which kube-proxy adds them. */
export function serviceElements(routing: Routing): Partial<Fragment> {
  return {
    elements: [
      ...clusterIPElements(routing),
      ...externalIPElements(routing),
      ...loadBalancerElements(routing),
      ...nodePortElements(routing),
      ...hairpinElements(routing.servicePort, routing.endpoints),
    ],
  };
}

function clusterIPElements(routing: Routing): PlacedElement[] {
  const { servicePort, internalRefusal, internalChain } = routing;
  const { clusterIP } = servicePort;
  const key = addressKey(routing, clusterIP);
  const reason = 'cluster IP';
  return [
    element(routing, 'clusterIPs', { key: [clusterIP], reason }),
    internalRefusal
      ? element(routing, 'noEndpointServices', {
          key,
          reason,
          verdict: internalRefusal,
          named: true,
        })
      : element(routing, 'serviceIPs', {
          key,
          reason,
          verdict: { kind: 'goto', chain: internalChain },
        }),
  ];
}

function externalIPElements(routing: Routing): PlacedElement[] {
  const reason = 'external IP';
  return routing.servicePort.externalIPs.flatMap((ip) => {
    const key = addressKey(routing, ip);
    return [...accepted(routing, key, reason), ...refused(routing, key, reason)];
  });
}

function loadBalancerElements(routing: Routing): PlacedElement[] {
  const { servicePort, usesFirewallChain, firewallChain } = routing;
  const reason = 'load balancer IP';
  const keys = servicePort.loadBalancerVIPs.map((vip) => addressKey(routing, vip));
  const verdict: Verdict = { kind: 'goto', chain: firewallChain };
  return [
    ...keys.flatMap((key) => [
      ...accepted(routing, key, reason),
      ...(usesFirewallChain
        ? [element(routing, 'firewallIPs', { key, reason: 'load balancer source ranges', verdict })]
        : []),
    ]),
    ...keys.flatMap((key) => refused(routing, key, reason)),
  ];
}

function accepted(routing: Routing, key: readonly string[], reason: string): PlacedElement[] {
  if (!routing.endpoints.hasAny) return [];
  const verdict: Verdict = { kind: 'goto', chain: routing.externalChain };
  return [element(routing, 'serviceIPs', { key, reason, verdict })];
}

function refused(routing: Routing, key: readonly string[], reason: string): PlacedElement[] {
  const verdict = routing.externalRefusal;
  return verdict
    ? [element(routing, 'noEndpointServices', { key, reason, verdict, named: true })]
    : [];
}

function nodePortElements(routing: Routing): PlacedElement[] {
  const { servicePort, endpoints, externalChain, externalRefusal } = routing;
  const { nodePort, protocol } = servicePort;
  if (nodePort === 0) return [];
  const key = [protocol, String(nodePort)];
  const reason = 'node port';
  const verdict: Verdict = { kind: 'goto', chain: externalChain };
  return [
    ...(endpoints.hasAny ? [element(routing, 'serviceNodePorts', { key, reason, verdict })] : []),
    ...(externalRefusal
      ? [
          element(routing, 'noEndpointNodePorts', {
            key,
            reason,
            verdict: externalRefusal,
            named: true,
          }),
        ]
      : []),
  ];
}
