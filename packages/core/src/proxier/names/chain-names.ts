import { chainName, type ChainName } from '../../ruleset/iptables/index.ts';
import type { ServicePort } from '../../service/service-port.ts';
import { hash16 } from './hash.ts';

/** The chains of one service port; all share one hash of its name and protocol. */
export interface ServicePortChains {
  /** Endpoints under policy Cluster. */
  readonly cluster: ChainName;
  /** Endpoints under policy Local. */
  readonly local: ChainName;
  /** Traffic from outside the cluster. */
  readonly external: ChainName;
  /** Load-balancer source ranges. */
  readonly firewall: ChainName;
}

export function servicePortChains({ name, protocol }: ServicePort): ServicePortChains {
  const hash = hash16(name + protocol);
  return {
    cluster: chainName(`KUBE-SVC-${hash}`),
    local: chainName(`KUBE-SVL-${hash}`),
    external: chainName(`KUBE-EXT-${hash}`),
    firewall: chainName(`KUBE-FW-${hash}`),
  };
}

/** The chain of one endpoint (`ip:port`) of a service port. */
export function endpointChain({ name, protocol }: ServicePort, address: string): ChainName {
  return chainName(`KUBE-SEP-${hash16(name + protocol + address)}`);
}
