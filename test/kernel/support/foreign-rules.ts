import type { Backend } from './backend.ts';
import { hereDocument } from './namespace.ts';

const NETWORKS = {
  iptables: { net: '100.64.99.0/24', host: '100.64.99.7' },
  ip6tables: { net: 'fd99::/64', host: 'fd99::7' },
} as const;

const PROGRAMS = ['iptables', 'ip6tables'] as const;

type Program = (typeof PROGRAMS)[number];

/** Rules, sets and a table that are not kube-proxy's, with counters of their own. */
export function plantForeignScript(backend: Backend): string {
  return `${rulesAndSets(backend)}nft -f - ${hereDocument(FOREIGN_TABLE)}`;
}

/** The networks of virtual servers that only this setting keeps from being taken for those of a node port. */
export const FOREIGN_CIDRS: readonly string[] = ['100.64.98.0/24', 'fd98::/64'];

/** Rules, sets and virtual servers that are not kube-proxy's. */
export const plantForeignServersScript = [
  'ip link set lo up\n',
  rulesAndSets('legacy'),
  `ipvsadm -R ${hereDocument(`-A -t 100.64.99.5:4242 -s wlc -p 77
-a -t 100.64.99.5:4242 -r 100.64.99.6:4243 -g -w 3
-a -t 100.64.99.5:4242 -r 100.64.99.7:4242 -m -w 0
-A -u [fd99::5]:30080 -s sh
-a -u [fd99::5]:30080 -r [fd99::6]:30080 -g -w 1
-A -t 100.64.98.5:30080 -s rr
-a -t 100.64.98.5:30080 -r 100.64.98.6:80 -m -w 1
-A -t [fd98::5]:30080 -s rr
-a -t [fd98::5]:30080 -r [fd98::6]:80 -m -w 1
`)}`,
].join('');

function rulesAndSets(backend: Backend): string {
  return [
    ...PROGRAMS.map((program) => restore(program, backend, foreignTables(program))),
    'ipset create foreign hash:ip\nipset add foreign 100.64.99.9\n',
  ].join('');
}

/** More of them, before kube-proxy's in the chains that all use. */
export function plantMoreScript(backend: Backend): string {
  return PROGRAMS.map((program) => restore(program, backend, moreTables(program))).join('');
}

/** Takes away everything. */
export function emptyScript(backend: Backend): string {
  if (backend === 'nft') return 'nft flush ruleset\n';
  const tables = '*mangle\nCOMMIT\n*nat\nCOMMIT\n*filter\nCOMMIT\n';
  return PROGRAMS.map((program) => `${program}-legacy-restore ${hereDocument(tables)}`).join('');
}

function restore(program: Program, backend: Backend, tables: string): string {
  return `${program}-${backend}-restore --noflush --counters ${hereDocument(tables)}`;
}

function foreignTables(program: Program): string {
  const { net, host } = NETWORKS[program];
  return `*mangle
:FOREIGN-MARKS - [0:0]
[1:60] -A PREROUTING -s ${net} -m comment --comment "foreign mangle" -j FOREIGN-MARKS
[2:61] -A FOREIGN-MARKS -j MARK --set-xmark 0x99/0x99
COMMIT
*nat
:FOREIGN-PREROUTING - [0:0]
:KUBE-FOREIGN - [0:0]
[3:62] -A PREROUTING -d ${net} -m comment --comment "foreign, first" -j FOREIGN-PREROUTING
[4:63] -A POSTROUTING -s ${net} -m comment --comment foreign -j KUBE-FOREIGN
[5:64] -A FOREIGN-PREROUTING -p tcp -m tcp --dport 4242 -j DNAT --to-destination ${host}
[6:65] -A KUBE-FOREIGN -o foreign0 -j MASQUERADE
COMMIT
*filter
:INPUT DROP [0:0]
:FOREIGN-FORWARD - [0:0]
[7:66] -A INPUT -i lo -m comment --comment "foreign, first" -j ACCEPT
[8:67] -A FORWARD -s ${net} -m comment --comment "foreign, first" -j FOREIGN-FORWARD
[9:68] -A FOREIGN-FORWARD -m comment --comment "foreign: it's \\"quoted\\" -j KUBE-SERVICES" -j DROP
COMMIT
`;
}

function moreTables(program: Program): string {
  const { net } = NETWORKS[program];
  return `*nat
[11:70] -I PREROUTING 1 -d ${net} -m comment --comment "foreign, inserted" -j RETURN
[12:71] -I OUTPUT 1 -d ${net} -m comment --comment "foreign, inserted" -j RETURN
[13:72] -A POSTROUTING -d ${net} -m comment --comment "foreign, appended" -j RETURN
COMMIT
*filter
[14:73] -I INPUT 1 -s ${net} -m comment --comment "foreign, inserted" -j DROP
[15:74] -A INPUT -s ${net} -m comment --comment "foreign, appended" -j DROP
[16:75] -I FORWARD 2 -s ${net} -m comment --comment "foreign, between" -j DROP
COMMIT
`;
}

const FOREIGN_TABLE = `table inet foreign {
  set blocked {
    type ipv4_addr
    elements = { 100.64.99.8 }
  }
  chain input {
    type filter hook input priority 5
    ip saddr @blocked counter packets 17 bytes 76 drop comment "foreign"
  }
}
`;
