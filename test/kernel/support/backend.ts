/** The two programs behind the name iptables. */
export const BACKENDS = ['nft', 'legacy'] as const;

export type Backend = (typeof BACKENDS)[number];
