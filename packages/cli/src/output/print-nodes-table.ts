import {
  escapeControls,
  type AddressExplanation,
  type Client,
  type PortExplanation,
  type ServiceExplanation,
} from '@kube-rules/core';
import { count } from './count.ts';
import type { Palette } from './palette.ts';
import { printTable } from './print-table.ts';

/** A Service on all nodes: for each of its ports a table with a row a node. */
export function printNodesTable(nodes: readonly ServiceExplanation[], palette: Palette): string {
  const [first] = nodes;
  if (!first) return '';
  const { name, mode, notServed, ports } = first;
  if (notServed !== undefined) return `${name}: kube-proxy does nothing for it; ${notServed}\n`;
  const blocks = [
    [`${palette.bold(name)} on ${count(nodes.length, 'node')}, ${mode} mode`],
    ...ports.map((port, index) => [
      `${palette.bold(port.name)}, ${port.addresses[0]?.port}/${port.protocol}, ${port.family}`,
      ...printTable(rowsOf(nodes, index)).map((line) => `  ${line}`),
    ]),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

interface Column {
  readonly title: string;
  /** Empty where a node has nothing to say. */
  readonly cell: (node: ServiceExplanation, port: PortExplanation) => string;
}

const columns: readonly Column[] = [
  { title: 'node', cell: ({ nodeName }) => escapeControls(nodeName) },
  { title: 'policy Cluster', cell: (_, port) => countUsed(port, 'cluster') },
  { title: 'policy Local', cell: (_, port) => countUsed(port, 'local') },
  { title: 'pods, cluster IP', cell: (_, port) => outcomeFor(port, 'pod', isClusterIP) },
  {
    title: 'outside, other addresses',
    cell: (_, port) => outcomeFor(port, 'outside', (address) => !isClusterIP(address)),
  },
  {
    title: 'health check',
    cell: ({ healthChecks }, { family }) =>
      String(healthChecks.find((check) => check.family === family)?.status ?? ''),
  },
  { title: 'topology', cell: (_, { topology = '' }) => (topology === 'no hints' ? '' : topology) },
];

/** Columns that are empty on every node are left out. */
function rowsOf(nodes: readonly ServiceExplanation[], index: number): string[][] {
  const cells = nodes.map((node) => {
    const port = node.ports[index];
    return columns.map(({ cell }) => (port ? cell(node, port) : ''));
  });
  const shown = columns.flatMap((_, at) => (cells.some((row) => row[at] !== '') ? [at] : []));
  const titles = columns.map(({ title }) => title);
  return [titles, ...cells].map((row) => shown.map((at) => row[at] ?? ''));
}

function countUsed({ endpoints }: PortExplanation, policy: 'cluster' | 'local'): string {
  const uses = endpoints.flatMap((endpoint) => endpoint[policy] ?? []);
  const used = uses.filter(({ share }) => share > 0);
  return uses.length === 0 ? '' : `${used.length} of ${uses.length} endpoints`;
}

function isClusterIP({ kind }: AddressExplanation): boolean {
  return kind === 'cluster IP';
}

function outcomeFor(
  { addresses }: PortExplanation,
  client: Client,
  isMeant: (address: AddressExplanation) => boolean,
): string {
  const outcomes = addresses
    .filter(isMeant)
    .flatMap(({ clients }) => clients.filter((one) => one.client === client))
    .map(({ outcome }) => outcome);
  return [...new Set(outcomes)].join(', ');
}
