import { parseSnapshot, type Layout, type Mode, type Snapshot } from '@kube-rules/core';
import { arbitraryCluster, printCluster } from '@kube-rules/fixtures';
import * as fc from 'fast-check';

/** How a node may be set up: `ipvs`, or `nftables fast`. */
export interface Setting {
  readonly mode: Mode;
  readonly layout?: Layout;
}

export const settings: readonly Setting[] = [
  { mode: 'iptables' },
  { mode: 'ipvs' },
  { mode: 'userspace' },
  { mode: 'nftables', layout: 'kube-proxy' },
  { mode: 'nftables', layout: 'fast' },
];

export function nameOf({ mode, layout }: Setting): string {
  return layout ? `${mode} ${layout}` : mode;
}

/** A generated cluster, as the newest release knows it. */
export function arbitrarySnapshot(mode: Mode): fc.Arbitrary<Snapshot> {
  return arbitraryCluster({ mode, maxServices: 5 }).map(
    (cluster) => parseSnapshot(printCluster(cluster)).snapshot,
  );
}
