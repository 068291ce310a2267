/** The Debian package that a tool is in. */
const packages: Readonly<Record<string, string>> = {
  nft: 'nftables',
  ip: 'iproute2',
  ipset: 'ipset',
  ipvsadm: 'ipvsadm',
  conntrack: 'conntrack',
};

/** `iptables-nft-restore` and its like are all in one. */
export function packageOf(tool: string): string {
  return packages[tool] ?? (/^ip6?tables/.test(tool) ? 'iptables' : tool);
}
