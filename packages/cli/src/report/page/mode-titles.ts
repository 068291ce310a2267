import type { ShownMode } from './questions.ts';

/** Names to choose from. */
export const modeTitles: Readonly<Record<ShownMode, string>> = {
  iptables: 'iptables',
  ipvs: 'ipvs',
  nftables: 'nftables',
  fast: 'nftables, fast layout',
};

/** Within a sentence: `in …`. */
export const modePhrases: Readonly<Record<ShownMode, string>> = {
  iptables: 'iptables mode',
  ipvs: 'ipvs mode',
  nftables: 'nftables mode',
  fast: 'nftables mode with the fast layout',
};
