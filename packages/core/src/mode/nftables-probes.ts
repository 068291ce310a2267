/**
 * What nftables mode asks of a kernel besides its version: some are built without a part. `fastLayout`
 * is needed by that layout only.
 */
export type NftablesFeature = 'fib' | 'numgen' | 'dnatToMap' | 'masquerade' | 'fastLayout';

/** The features that the mode cannot do without. */
export const neededFeatures = [
  'fib',
  'numgen',
  'dnatToMap',
  'masquerade',
] as const satisfies readonly NftablesFeature[];

/** The name in kernel configurations, for whoever has to turn it on. */
export const featureOptions: Readonly<Record<NftablesFeature, string>> = {
  fib: 'CONFIG_NFT_FIB_IPV4 and CONFIG_NFT_FIB_IPV6',
  numgen: 'CONFIG_NFT_NUMGEN',
  dnatToMap: 'CONFIG_NFT_NAT',
  masquerade: 'CONFIG_NFT_MASQ',
  fastLayout: 'CONFIG_NFT_NUMGEN and CONFIG_NFT_NAT',
};

/** A script for each feature: `nft -c -f -` takes it where the feature is there, and changes nothing. */
export const nftablesProbes: Readonly<Record<NftablesFeature, string>> = {
  fib: probe('filter', 'fib daddr type local'),
  numgen: probe('filter', 'numgen random mod 2 vmap { 0 : accept, 1 : accept }'),
  dnatToMap: probe(
    'nat',
    'meta l4proto tcp dnat ip addr . port to numgen random mod 1 map { 0 : 192.0.2.1 . 80 }',
  ),
  masquerade: probe('nat', 'masquerade fully-random', 'postrouting'),
  fastLayout: [
    'add table ip kube-rules-probe',
    'add map ip kube-rules-probe m { typeof ip daddr . tcp dport . numgen random mod 65536 : ip daddr . tcp dport ; }',
    'add set ip kube-rules-probe s { typeof ip saddr . ip daddr . tcp dport . numgen random mod 65536 ; flags dynamic,timeout ; }',
    'add chain ip kube-rules-probe c { type nat hook prerouting priority -100 ; }',
    'add rule ip kube-rules-probe c update @s { ip saddr . ip daddr . tcp dport . numgen random mod 1 offset 1 timeout 1s }',
    'add rule ip kube-rules-probe c meta l4proto tcp dnat ip addr . port to ip daddr . tcp dport . numgen random mod 2 map @m',
    '',
  ].join('\n'),
};

function probe(type: 'filter' | 'nat', rule: string, hook = 'prerouting'): string {
  return [
    'add table ip kube-rules-probe',
    `add chain ip kube-rules-probe c { type ${type} hook ${hook} priority 0 ; }`,
    `add rule ip kube-rules-probe c ${rule}`,
    '',
  ].join('\n');
}
