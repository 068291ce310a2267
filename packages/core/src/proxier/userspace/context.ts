import type { Endpoint } from '../../service/endpoint.ts';
import type { CopiedServicePort } from './resolve-userspace.ts';

/** A service port with what was chosen for it in sight of all others. */
export interface ProxiedServicePort {
  /** Without the node port and external IPs that it may not claim. */
  readonly servicePort: CopiedServicePort;
  /** The ready ones. */
  readonly endpoints: readonly Endpoint[];
  readonly proxyPort: number;
}

/** What a service port's fragment depends on besides. */
export interface UserspaceContext {
  /** Where the proxy listens in this family: `bindAddress`, or the wildcard. */
  readonly listenAddress: string;
  readonly isWildcard: boolean;
  /** Where packets of the node itself are sent: `listenAddress`, or the node's own address for the wildcard. */
  readonly hostAddress: string;
  /** The node's addresses, in canonical form. */
  readonly nodeAddresses: ReadonlySet<string>;
}
