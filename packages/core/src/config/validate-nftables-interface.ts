import { quoteValue } from '../util/quote-value.ts';
import type { KubeProxyConfiguration } from './configuration.ts';
import { interfaceFields, validateDetectLocal } from './validate-detect-local.ts';
import type { Violation } from './violation.ts';

/**
 * kube-proxy hands interface names to nft without quotes, where `a#b` means interface `a` and the
 * rest of the rule is lost. Stricter than kube-proxy: such names are refused.
 */
export function validateNftablesInterface(config: KubeProxyConfiguration): Violation[] {
  const { detectLocalMode, detectLocal } = config;
  const field = interfaceFields[detectLocalMode];
  if (field === undefined) return [];
  const name = detectLocal[field];
  if (isWordOfNft(name) || validateDetectLocal(config).length > 0) return [];
  const message = `${quoteValue(name)} is no name that nft reads as one word, as mode nftables needs it`;
  return [{ path: ['detectLocal', field], message }];
}

function isWordOfNft(name: string): boolean {
  return /^[A-Za-z_.][A-Za-z0-9_.-]*$/.test(name);
}
