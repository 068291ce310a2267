import {
  escapeControls,
  type IptablesFamily,
  type IpvsFamily,
  type NftablesFamily,
  type Ruleset,
  type UserspaceFamily,
} from '@kube-rules/core';
import { count } from './count.ts';

/** `node-a, iptables mode: 18 services, 31 ports, 64 endpoints -> 412 rules IPv4, 57 rules IPv6`. */
export function printSummary(ruleset: Ruleset): string {
  const { services, servicePorts, endpoints } = ruleset.summary;
  const cluster = [
    count(services, 'service'),
    count(servicePorts, 'port'),
    count(endpoints, 'endpoint'),
  ].join(', ');
  const rules = [ruleset.ipv4, ruleset.ipv6].map(
    (rulesOf) => `${count(countRules(rulesOf), 'rule')} ${rulesOf.family}`,
  );
  const parts = [...countOthers(ruleset), ...rules];
  const nodeName = escapeControls(ruleset.nodeName);
  return `${nodeName}, ${printMode(ruleset)}: ${cluster} -> ${parts.join(', ')}`;
}

function printMode(ruleset: Ruleset): string {
  const isFast = ruleset.mode === 'nftables' && ruleset.layout === 'fast';
  return isFast ? 'nftables mode in the fast layout' : `${ruleset.mode} mode`;
}

type FamilyRules = IptablesFamily | IpvsFamily | UserspaceFamily | NftablesFamily;

function countRules(family: FamilyRules): number {
  if ('table' in family) return sumOf(family.table.chains, ({ rules }) => rules.length);
  const { document, jumps } = family;
  const made = jumps.filter(({ kind }) => kind !== 'newChain');
  return made.length + sumOf(document.tables, ({ rules }) => rules.length);
}

function sumOf<Item>(items: readonly Item[], countOf: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + countOf(item), 0);
}

/** What a mode has besides rules. */
function countOthers(ruleset: Ruleset): string[] {
  switch (ruleset.mode) {
    case 'iptables':
      return [];
    case 'ipvs': {
      const families = [ruleset.ipv4, ruleset.ipv6];
      const servers = sumOf(families, ({ virtualServers }) => virtualServers.length);
      const entries = families.flatMap(({ ipsets }) => ipsets);
      const entryCount = sumOf(entries, (set) => set.entries.length);
      return [count(servers, 'virtual server'), count(entryCount, 'set entry', 'set entries')];
    }
    case 'userspace': {
      const families = [ruleset.ipv4, ruleset.ipv6];
      return [
        count(
          sumOf(families, ({ listeners }) => listeners.length),
          'listener',
        ),
      ];
    }
    case 'nftables': {
      const tables = [ruleset.ipv4.table, ruleset.ipv6.table];
      const containers = tables.flatMap(({ sets, maps }) => [...sets, ...maps]);
      return [
        count(
          sumOf(containers, ({ elements }) => elements.length),
          'element',
        ),
      ];
    }
  }
}
