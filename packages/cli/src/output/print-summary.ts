import { escapeControls, type IptablesFamily, type Ruleset } from '@kube-rules/core';

/** `node-a, iptables mode: 18 services, 31 ports, 64 endpoints -> 412 rules IPv4, 57 rules IPv6`. */
export function printSummary({ nodeName, mode, summary, ipv4, ipv6 }: Ruleset): string {
  const { services, servicePorts, endpoints } = summary;
  const cluster = [
    count(services, 'service'),
    count(servicePorts, 'port'),
    count(endpoints, 'endpoint'),
  ].join(', ');
  const rules = [
    `${count(countRules(ipv4), 'rule')} IPv4`,
    `${count(countRules(ipv6), 'rule')} IPv6`,
  ].join(', ');
  return `${escapeControls(nodeName)}, ${mode} mode: ${cluster} -> ${rules}`;
}

function countRules({ document, jumps }: IptablesFamily): number {
  const made = jumps.filter(({ kind }) => kind === 'prepend');
  return document.tables.reduce((sum, { rules }) => sum + rules.length, made.length);
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
