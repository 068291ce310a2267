import { expect } from 'vitest';

const name = '[A-Za-z][A-Za-z0-9/_.-]{0,254}';
const address = String.raw`[0-9a-f:.]+(?:\/\d{1,3})?`;
const ip = 'ip6?';
const number = String.raw`\d+`;
const mark = '0x[0-9a-f]{8}';
const comment = String.raw`comment "[A-Za-z0-9 .,:@/-]{1,128}"`;
const protocol = '(?:tcp|udp|sctp)';
const verdict = `(?:drop|goto ${name})`;
const portKey = String.raw`meta l4proto \. th dport`;

const slot = `numgen random mod ${number}(?: offset ${number})?`;
const clientKey = String.raw`${ip} saddr \. (?:${ip} daddr \. )?${protocol} dport \. ${slot}`;

function listOf(item: string): string {
  return `\\{ ${item}(?: , ${item})* \\}`;
}

/** The statements that a rule may have; no more than these. */
const statements = [
  'ct state new',
  'ct status dnat',
  `(?:jump|goto) ${name}`,
  'drop',
  'reject',
  `${ip} [sd]addr(?: !=)? ${address}`,
  `${ip} [sd]addr @${name}`,
  `${ip} saddr != ${listOf(address)}`,
  'fib [sd]addr type local',
  String.raw`iifname(?: !=)? [A-Za-z_.][A-Za-z0-9_.-]{0,14}\*?`,
  `mark and ${mark} != 0`,
  `mark set mark x?or ${mark}`,
  'masquerade fully-random',
  `${portKey} vmap @${name}`,
  String.raw`${ip} daddr \. ${portKey} vmap @${name}`,
  String.raw`${ip} saddr \. ${ip} daddr \. ${portKey} @hairpin-connections`,
  `meta l4proto ${protocol}`,
  `numgen random mod ${number} vmap ${listOf(`${number} : goto ${name}`)}`,
  String.raw`dnat ${ip} addr \. port to numgen random mod ${number} map ${listOf(String.raw`${number} : ${address} \. ${number}`)}`,
  String.raw`dnat to (?:[0-9.]+|\[[0-9a-f:.]+\]):${number}`,
  `update @${name} \\{ ${ip} saddr \\}`,
  // Only in the fast layout:
  String.raw`${ip} daddr \. ${portKey} @firewall-ips`,
  String.raw`${ip} daddr \. ${portKey} \. ${ip} saddr != @firewall-sources`,
  String.raw`dnat ${ip} addr \. port to (?:${ip} daddr \. )?${protocol} dport \. ${slot} map @${name}`,
  `${clientKey} @${name}`,
  `update @${name} \\{ ${clientKey} timeout ${number}s \\}`,
].join('|');

const dataType = '(?:ipv[46]_addr|inet_proto|inet_service)';
const typeOf = String.raw`typeof (?:${ip} [sd]addr \. ){0,2}${protocol} dport \. ${slot}`;
const dataTypes = String.raw`(?:type ${dataType}(?: \. ${dataType})*|${typeOf})`;
const data = String.raw`(?:verdict|${ip} daddr \. ${protocol} dport)`;
const hook = String.raw`type (?:filter|nat) hook [a-z]+ priority -?\d+`;
const keyPart = `(?:${address}|${protocol}|${number})`;

const element = String.raw`${keyPart}(?: \. ${keyPart})*(?: ${comment})?(?: : (?:${verdict}|${address} \. ${number}))?`;

const commands = [
  `add table T \\{ ${comment} ; \\}`,
  `add chain T ${name}(?: \\{ (?:${hook}|${comment}) ; \\})?`,
  `add set T ${name} \\{ ${dataTypes} ;(?: size ${number} ;)?(?: flags (?:interval|dynamic,timeout) ;)?(?: timeout ${number}s ;)?(?: ${comment} ;)? \\}`,
  `add map T ${name} \\{ ${dataTypes} : ${data} ; ${comment} ; \\}`,
  `add rule T ${name}(?: (?:${statements}))+(?: ${comment})?`,
  String.raw`add element T ${name} \{ ${element} \}`,
  String.raw`add element T ${name} \{(?:\n${element},)+\n\}`,
];

const known = new RegExp(`^(?:${commands.join('|').replaceAll(' T', ` ${ip} kube-proxy`)})$`);

/** Whether a line is one command on kube-proxy's table, with statements that it has and no others. */
export function isKnownNftLine(line: string): boolean {
  return known.test(line);
}

/** Asserts that a document holds such lines only, and begins as that of an empty cluster does. */
export function expectOnlyKnownNftLines(text: string, plain: string): void {
  const start = plain.slice(0, plain.indexOf('add chain'));
  expect(text.startsWith(start) && text.endsWith('\n')).toBe(true);
  const lines = text.slice(start.length, -1).split(/\n(?=add |flush |delete )/);
  expect(lines.filter((line) => !isKnownNftLine(line))).toEqual([]);
  expect(lines.filter((line) => line.startsWith('add table'))).toEqual([]);
}
