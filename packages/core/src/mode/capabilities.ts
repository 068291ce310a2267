import type { Family } from '../netaddr/family.ts';
import type { NftablesFeature } from './nftables-probes.ts';

/** What a node can do, as far as the choice of a mode asks. A field that is missing means "not there", where it does not say otherwise. */
export interface Capabilities {
  /** The kernel's release, as `uname -r` prints it. */
  readonly kernel?: string;
  /** Whether the nat table can be read (`iptables -S POSTROUTING -t nat`), by family. */
  readonly iptables?: Readonly<Partial<Record<Family, boolean>>>;
  /** The version of ipset. */
  readonly ipset?: string;
  /** The IPVS schedulers that the kernel has or can load. */
  readonly ipvsSchedulers?: readonly string[];
  /** The version of nft. */
  readonly nft?: string;
  /** Whether nft and the kernel took the probe of each feature. One that was not tried is taken to be there. */
  readonly nftablesFeatures?: Readonly<Partial<Record<NftablesFeature, boolean>>>;
}
