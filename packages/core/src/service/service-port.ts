import type { Family } from '../netaddr/family.ts';
import type { ProtocolName } from '../netaddr/protocol.ts';

/** One port of a Service in one family: what kube-proxy programs as a unit. All addresses are in canonical form. */
export interface ServicePort {
  readonly namespace: string;
  readonly serviceName: string;
  readonly portName: string;
  /** `namespace/name:port`, without `:port` if the port has no name: kube-proxy's ServicePortName. */
  readonly name: string;
  readonly protocol: ProtocolName;
  readonly family: Family;
  readonly clusterIP: string;
  readonly port: number;
  /** 0 if there is none. */
  readonly nodePort: number;
  readonly externalIPs: readonly string[];
  /** Load-balancer addresses of `ipMode: VIP`. */
  readonly loadBalancerVIPs: readonly string[];
  /** CIDRs with their host bits cleared. */
  readonly loadBalancerSourceRanges: readonly string[];
  /** Seconds of ClientIP affinity; `undefined` without it. */
  readonly affinitySeconds: number | undefined;
  readonly internalPolicyLocal: boolean;
  readonly externalPolicyLocal: boolean;
  /** 0 if there is none. */
  readonly healthCheckNodePort: number;
  /** Whether annotations switch zone hints on; asked only by releases that want them. */
  readonly hintsAnnotated: boolean;
}

/** Whether anything but the cluster IP leads to the service port. */
export function isExternallyAccessible(servicePort: ServicePort): boolean {
  const { nodePort, loadBalancerVIPs, externalIPs } = servicePort;
  return nodePort !== 0 || loadBalancerVIPs.length > 0 || externalIPs.length > 0;
}

/** With policy Local, too, local traffic to external addresses is short-cut to all endpoints. */
export function usesClusterEndpoints(servicePort: ServicePort): boolean {
  return !servicePort.internalPolicyLocal || isExternallyAccessible(servicePort);
}

export function usesLocalEndpoints(servicePort: ServicePort): boolean {
  return (
    servicePort.internalPolicyLocal ||
    (servicePort.externalPolicyLocal && isExternallyAccessible(servicePort))
  );
}
