import {
  traceDumps,
  type Packet,
  type TraceEnvironment,
  type TracedOutcome,
} from '../../src/index.ts';

/** A node with a bridge for its pods. */
export const environment: TraceEnvironment = {
  interfaces: [
    { name: 'lo', addresses: ['127.0.0.1/8', '::1/128'] },
    { name: 'eth0', addresses: ['192.0.2.11/24', '2001:db8:1::11/64'] },
    { name: 'cni0', addresses: ['10.244.1.1/24', 'fd00:10:244:1::1/64'] },
    { name: 'v-p1', addresses: [], bridge: 'cni0' },
    { name: 'v-p2', addresses: [], bridge: 'cni0' },
  ],
  routes: [{ destination: '10.244.2.0/24', interface: 'eth0' }],
  nodeIPs: { IPv4: '192.0.2.11', IPv6: '2001:db8:1::11' },
};

/** A client outside calls the node. */
export const toNode: Packet = {
  source: '192.0.2.100',
  destination: '192.0.2.11',
  destinationPort: 80,
  protocol: 'tcp',
};

/** A client outside calls a pod. */
export const toPod: Packet = { ...toNode, destination: '10.244.1.12' };

/** A process of the node calls a client outside. */
export const fromNode: Packet = { ...toNode, source: 'node', destination: '192.0.2.100' };

/** Texts of a node's tools by the names that tell what they are. */
export type Dumps = Readonly<Record<string, string>>;

export function outcomesOf(
  files: Dumps,
  packet: Packet,
  around: TraceEnvironment = environment,
): readonly TracedOutcome[] {
  return traceDumps(files, packet, { environment: around }).outcomes;
}

/** Each outcome in a line: `0.5 delivered 10.244.1.5:8080 from 10.244.2.6 masqueraded`. */
export function fatesOf(
  files: Dumps,
  packet: Packet,
  around: TraceEnvironment = environment,
): readonly string[] {
  return outcomesOf(files, packet, around).map(printFate);
}

export function printFate(outcome: TracedOutcome): string {
  const { probability, verdict, destination, source, masqueraded, with: answer, reason } = outcome;
  return [
    Number(probability.toFixed(6)),
    verdict,
    destination,
    source === null ? undefined : `from ${source}`,
    masqueraded && source !== null ? 'masqueraded' : undefined,
    answer,
    reason === undefined ? undefined : `(${reason})`,
  ]
    .filter((word) => word !== undefined)
    .join(' ');
}

const tables: Readonly<Record<string, string>> = {
  PREROUTING: 'nat',
  OUTPUT: 'filter',
  INPUT: 'filter',
  FORWARD: 'filter',
  POSTROUTING: 'nat',
};

/** Rules of iptables by their lines, each chain in the table where it is usual, or in the one that is told. */
export function iptables(lines: readonly string[], table?: string): Dumps {
  const byTable = new Map<string, string[]>();
  for (const line of lines) {
    const [, chain = ''] = line.split(' ');
    const name = table ?? tables[chain] ?? 'filter';
    byTable.set(name, [...(byTable.get(name) ?? []), line]);
  }
  const text = [...byTable].map(([name, own]) => `*${name}\n${own.join('\n')}\nCOMMIT\n`).join('');
  return { 'ipv4.iptables-save': text };
}
