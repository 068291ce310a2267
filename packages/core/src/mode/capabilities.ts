import type { Family } from '../netaddr/family.ts';

/** What a node can do, as far as the choice of a mode asks. A field that is missing means "not there". */
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
}
