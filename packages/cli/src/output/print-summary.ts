import {
  escapeControls,
  type IptablesFamily,
  type IpvsFamily,
  type Ruleset,
} from '@kube-rules/core';

/** `node-a, iptables mode: 18 services, 31 ports, 64 endpoints -> 412 rules IPv4, 57 rules IPv6`. */
export function printSummary(ruleset: Ruleset): string {
  const { services, servicePorts, endpoints } = ruleset.summary;
  const cluster = [
    count(services, 'service'),
    count(servicePorts, 'port'),
    count(endpoints, 'endpoint'),
  ].join(', ');
  const rules = [
    `${count(countRules(ruleset.ipv4), 'rule')} IPv4`,
    `${count(countRules(ruleset.ipv6), 'rule')} IPv6`,
  ];
  const parts =
    ruleset.mode === 'ipvs' ? [...countServers([ruleset.ipv4, ruleset.ipv6]), ...rules] : rules;
  const nodeName = escapeControls(ruleset.nodeName);
  return `${nodeName}, ${ruleset.mode} mode: ${cluster} -> ${parts.join(', ')}`;
}

function countRules({ document, jumps }: IptablesFamily | IpvsFamily): number {
  const made = jumps.filter(({ kind }) => kind === 'prepend');
  return document.tables.reduce((sum, { rules }) => sum + rules.length, made.length);
}

function countServers(families: readonly IpvsFamily[]): string[] {
  const servers = families.flatMap(({ virtualServers }) => virtualServers);
  const entries = families.flatMap(({ ipsets }) => ipsets).flatMap((set) => set.entries);
  return [
    count(servers.length, 'virtual server'),
    entries.length === 1 ? '1 set entry' : `${entries.length.toLocaleString('en')} set entries`,
  ];
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
