import { isCIDR, parseCIDR } from '../netaddr/cidr.ts';
import { quoteValue } from '../util/quote-value.ts';
import type { KubeProxyConfiguration } from './configuration.ts';
import type { Violation } from './violation.ts';

/** `clusterCIDR`, `nodePortAddresses` and `ipvs.excludeCIDRs`. The keyword `primary` is known from release 1.31 on. */
export function validateCIDRs(config: KubeProxyConfiguration): Violation[] {
  const { clusterCIDR, nodePortAddresses, ipvs } = config;
  const isPrimary = nodePortAddresses.length === 1 && nodePortAddresses[0] === 'primary';
  return [
    ...validateClusterCIDR(clusterCIDR),
    ...(isPrimary ? [] : eachCIDR(nodePortAddresses, ['nodePortAddresses'])),
    ...(config.mode === 'ipvs' ? eachCIDR(ipvs.excludeCIDRs, ['ipvs', 'excludeCIDRs']) : []),
  ];
}

function eachCIDR(texts: readonly string[], path: readonly string[]): Violation[] {
  return texts.flatMap((text, index) =>
    isCIDR(text) ? [] : [{ path: [...path, index], message: `${quoteValue(text)} is no CIDR` }],
  );
}

function validateClusterCIDR(clusterCIDR: string): Violation[] {
  if (clusterCIDR === '') return [];
  const path = ['clusterCIDR'];
  const texts = clusterCIDR.split(',');
  const wrong = texts.filter((text) => !isCIDR(text));
  if (wrong.length > 0)
    return wrong.map((text) => ({ path, message: `${quoteValue(text)} is no CIDR` }));
  const count = new Set(texts.map((text) => parseCIDR(text)?.family)).size;
  if (texts.length <= 2 && count === texts.length) return [];
  return [
    { path, message: `${quoteValue(clusterCIDR)} must hold at most one CIDR of each family` },
  ];
}
