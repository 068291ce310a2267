import type { DumpFiles } from '@kube-rules/core';
import type { NodeModel } from './node-model.ts';

const nat = `*nat
:CNI-HOSTPORT-DNAT - [0:0]
:CNI-DN-0123456789abcdef01234 - [0:0]
:KUBE-KUBELET-CANARY - [0:0]
:KUBE-MARK-MASQ - [0:0]
-A PREROUTING -m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT
-A POSTROUTING -s 192.168.77.0/24 -o eth9 -j MASQUERADE
-A CNI-HOSTPORT-DNAT -p tcp -m comment --comment "dnat name: \\"-j KUBE-SERVICES\\"" -j CNI-DN-0123456789abcdef01234
-A OUTPUT -s 10.77.1.1/32 -j KUBE-MARK-MASQ
-A CNI-DN-0123456789abcdef01234 -s 10.77.0.0/24 -p tcp -m tcp --dport 8080 -j KUBE-MARK-MASQ
-A CNI-DN-0123456789abcdef01234 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.77.0.5:80
COMMIT
`;

const filter = `*filter
:KUBE-ROUTER-INPUT - [0:0]
:KUBE-KUBELET-CANARY - [0:0]
-A INPUT -m comment --comment "kube-router netpol" -j KUBE-ROUTER-INPUT
-A FORWARD -i eth9 -j DROP
-A KUBE-ROUTER-INPUT -p tcp -m tcp --dport 22 -j RETURN
COMMIT
`;

const sets = `create KUBE-SRC-ABCDEFGHIJKLMNOP hash:ip family inet hashsize 1024 maxelem 65536
add KUBE-SRC-ABCDEFGHIJKLMNOP 10.77.0.9
create mine hash:net family inet hashsize 1024 maxelem 65536
add mine 10.88.0.0/16
`;

const servers = `-A -t 203.0.113.77:443 -s wlc
-a -t 203.0.113.77:443 -r 10.77.0.8:443 -g -w 5
`;

/** Rules of others on a node: near to kube-proxy's in name and place, and not to be touched. */
export function plantForeign(node: NodeModel): void {
  for (const family of ['IPv4', 'IPv6'] as const) {
    node.run({ kind: 'iptables', family, input: nat });
    node.run({ kind: 'iptables', family, input: filter });
  }
  node.run({ kind: 'ipset', input: sets });
  node.run({ kind: 'ipvs', input: servers });
  node.run({ kind: 'addLink', name: 'dummy0' });
  node.run({ kind: 'addAddresses', link: 'dummy0', addresses: ['10.77.0.1'] });
  node.run({ kind: 'nft', input: 'add table ip mine\nadd chain ip mine input\n' });
}

const own = /KUBE-(?!KUBELET|ROUTER|SRC)|kube-proxy|kube-ipvs0/;

/** The lines of a node's dumps that are not kube-proxy's, by file, as they are. */
export function foreignParts(files: DumpFiles): Readonly<Record<string, readonly string[]>> {
  const parts = Object.entries(files).map(([name, text]): [string, string[]] => {
    if (name === 'ip-addr.json') return [name, foreignLinks(text)];
    const lines = text.split('\n');
    const isForeign = (line: string): boolean =>
      name === 'ipvsadm-save' ? line.includes('203.0.113.77') : / 10\.77\.| CNI-/.test(line);
    return [
      name,
      lines.filter((line) => isForeign(line) || (!own.test(line) && name !== 'ipvsadm-save')),
    ];
  });
  return Object.fromEntries(parts.map(([name, lines]) => [name, lines.filter(isTelling)]));
}

/** A table without rules of others may or may not be there. */
function isTelling(line: string): boolean {
  return !/^(?:$|\*|:[A-Z]+ ACCEPT |COMMIT)/.test(line);
}

function foreignLinks(text: string): string[] {
  const links = JSON.parse(text) as { readonly ifname: string }[];
  return links.filter(({ ifname }) => ifname !== 'kube-ipvs0').map((link) => JSON.stringify(link));
}
