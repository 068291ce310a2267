/** The two implementations of iptables that a node may hold rules in at once. */
export type Backend = 'nft' | 'legacy';
