import { hereDocument } from './namespace.ts';
import type { Arrival } from './router.ts';

const FAMILIES = [
  { set: 'ipv4', family: 'inet', restore: 'iptables-legacy-restore' },
  { set: 'ipv6', family: 'inet6', restore: 'ip6tables-legacy-restore' },
] as const;

/** Makes the router remember what arrives at it, as router.ts does; the guest's kernel cannot do that with nftables. */
export const watchArrivalsScript = FAMILIES.map(
  ({ set, family, restore }) => `
ipset create ${set} hash:ip,port,ip family ${family}
${restore} ${hereDocument(`*raw
-A PREROUTING -p tcp --syn -j SET --add-set ${set} src,dst,dst
-A PREROUTING -p udp -j SET --add-set ${set} src,dst,dst
COMMIT
`)}`,
).join('');

export const forgetArrivalsScript = 'ipset flush\n';

export const listArrivalsScript = 'ipset save\n';

/** Reads what the router remembers from the output of `listArrivalsScript`. */
export function readArrivals(output: string): readonly Arrival[] {
  const entries = output.matchAll(
    /^add \S+ (?<source>[^,]+),(?<protocol>\w+):(?<port>\d+),(?<address>\S+)$/gm,
  );
  return Array.from(entries, ({ groups }): Arrival => {
    const { source = '', protocol = '', port = '', address = '' } = groups ?? {};
    return {
      source,
      to: `${address.includes(':') ? `[${address}]` : address}:${port}/${protocol}`,
    };
  });
}
