import type { Family } from '../../../netaddr/family.ts';
import type { IPBytes } from '../../../netaddr/ip.ts';
import type { LocalTrafficDetector } from '../../../service/local-traffic-detector.ts';

/** What a service port's fragment depends on besides itself and its endpoints. */
export interface NftablesContext {
  readonly family: Family;
  readonly masqueradeMark: number;
  readonly detector: LocalTrafficDetector | undefined;
  readonly nodeIP: IPBytes;
}
