import type { IPBytes } from '../../netaddr/ip.ts';
import type { LocalTrafficDetector } from '../../service/local-traffic-detector.ts';

/** What the rules of a service port depend on besides itself and its endpoints. */
export interface IptablesContext {
  readonly masqueradeAll: boolean;
  readonly detector: LocalTrafficDetector | undefined;
  /** Leaves out the comments that would be longest in sum. */
  readonly isLargeCluster: boolean;
  readonly nodeIP: IPBytes;
  /** Counts node port traffic to 127.0.0.0/8 with xt_nfacct. */
  readonly countsLocalhostNodePorts: boolean;
}
