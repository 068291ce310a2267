import type { IpvsContext } from '../../src/proxier/ipvs/context.ts';
import type { KeyedEntry } from '../../src/proxier/ipvs/fragment.ts';
import { printEntry } from '../../src/ruleset/ipset/index.ts';
import { printVirtualServers, type VirtualServer } from '../../src/ruleset/ipvs/index.ts';

/** The node of the examples: one address, on which node ports are served too. */
export function ipvsContextOf(fields: Partial<IpvsContext> = {}): IpvsContext {
  return {
    scheduler: 'rr',
    nodeIP: [192, 0, 2, 11],
    nodePortIPs: ['192.0.2.11'],
    interfaceIPs: new Set(['127.0.0.1', '192.0.2.11']),
    ...fields,
  };
}

/** `SET entry`, a line each. */
export function printKeyedEntries(entries: readonly KeyedEntry[] = []): string[] {
  return entries.map(({ set, entry }) => `${set} ${printEntry(entry)}`);
}

export function printServers(servers: readonly VirtualServer[] = []): string[] {
  return printVirtualServers(servers).split('\n').slice(0, -1);
}
