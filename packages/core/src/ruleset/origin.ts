import type { ProtocolName } from '../netaddr/protocol.ts';

/** Why a rule, a set entry or a server is there. Printers ignore it; diff, trace and the applier show it. */
export interface Origin {
  /** What the rule does: `cluster IP`, `node port`, `session affinity`, … */
  readonly reason: string;
  /** The service port behind the rule, `namespace/name:port`; none for the rules that every node has. */
  readonly servicePort?: string;
  readonly protocol?: ProtocolName;
  readonly endpoint?: OriginEndpoint;
}

export interface OriginEndpoint {
  /** `ip:port`, or `[ip]:port` for IPv6. */
  readonly address: string;
  readonly nodeName: string | undefined;
}
