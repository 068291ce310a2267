import type { IPBytes } from '../../netaddr/ip.ts';

/** What a service port's fragment depends on besides itself and its endpoints. */
export interface IpvsContext {
  readonly scheduler: string;
  readonly nodeIP: IPBytes;
  /** The addresses on which node ports are served. */
  readonly nodePortIPs: readonly string[];
  /** Addresses of the node's interfaces other than kube-ipvs0: these are not bound there once more. */
  readonly interfaceIPs: ReadonlySet<string>;
}
