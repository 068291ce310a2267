const nameOf: Readonly<Record<string, string>> = {
  '0': 'all',
  '1': 'icmp',
  '2': 'igmp',
  '4': 'ipencap',
  '6': 'tcp',
  '17': 'udp',
  '33': 'dccp',
  '41': 'ipv6',
  '47': 'gre',
  '50': 'esp',
  '51': 'ah',
  '58': 'ipv6-icmp',
  '89': 'ospf',
  '103': 'pim',
  '112': 'vrrp',
  '132': 'sctp',
  '136': 'udplite',
  icmpv6: 'ipv6-icmp',
};

/** A protocol's name as iptables-save prints it, for a number or a name in any spelling; `all` for any. */
export function normalizeProtocol(text: string): string {
  const name = text.toLowerCase();
  return Object.hasOwn(nameOf, name) ? (nameOf[name] ?? name) : name;
}
