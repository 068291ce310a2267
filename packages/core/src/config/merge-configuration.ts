import type { KubeProxyConfiguration } from './configuration.ts';
import { isUnset } from './is-unset.ts';
import type { PartialConfiguration } from './schema.ts';

/** `base` with the fields that `part` sets. */
export function mergeConfiguration(
  base: KubeProxyConfiguration,
  part: PartialConfiguration,
): KubeProxyConfiguration {
  return {
    ...overlay(base, part),
    featureGates: { ...base.featureGates, ...part.featureGates },
    clientConnection: overlay(base.clientConnection, part.clientConnection),
    logging: { ...base.logging, ...part.logging },
    iptables: overlay(base.iptables, part.iptables),
    ipvs: overlay(base.ipvs, part.ipvs),
    nftables: overlay(base.nftables, part.nftables),
    winkernel: { ...base.winkernel, ...part.winkernel },
    detectLocal: overlay(base.detectLocal, part.detectLocal),
    conntrack: overlay(base.conntrack, part.conntrack),
  };
}

function overlay<Section extends object>(base: Section, part: object | undefined): Section {
  const set = Object.entries(part ?? {}).filter(([field, value]) => !isUnset(field, value));
  return { ...base, ...Object.fromEntries<unknown>(set) };
}
