import {
  escapeControls,
  type AddressExplanation,
  type ClientExplanation,
  type EndpointExplanation,
  type EndpointUse,
  type PortExplanation,
  type ServiceExplanation,
} from '@kube-rules/core';
import type { Palette } from './palette.ts';
import { printHealthCheck } from './print-health-check.ts';
import { printTable } from './print-table.ts';

/** First the answer, then for each port its endpoints and addresses, last the health checks. */
export function printExplanation(explanation: ServiceExplanation, palette: Palette): string {
  const { name, mode, notServed, ports, healthChecks } = explanation;
  const nodeName = escapeControls(explanation.nodeName);
  if (notServed !== undefined)
    return `${name} on ${nodeName}: kube-proxy does nothing for it; ${notServed}\n`;
  const answer = `${palette.bold(name)} on ${nodeName}, ${mode} mode: ${countUsed(ports)}`;
  const blocks = [
    [answer],
    ...ports.flatMap((port) => printPort(port, nodeName, palette)),
    ...(healthChecks.length > 0 ? [healthChecks.map(printHealthCheck)] : []),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Endpoints of several ports count for each of them. */
function countUsed(ports: readonly PortExplanation[]): string {
  const listed = ports
    .flatMap(({ endpoints }) => endpoints)
    .filter(({ replacedBy }) => replacedBy === undefined);
  const used = listed.filter(({ cluster, local }) => isUsed(cluster) || isUsed(local));
  if (listed.length === 0) return 'no endpoints';
  return `${used.length} of ${listed.length} endpoints ${used.length === 1 ? 'is' : 'are'} used`;
}

function isUsed(use: EndpointUse | undefined): boolean {
  return use !== undefined && use.share > 0;
}

/** The endpoints, what holds for all of them, and the addresses: a block each. */
function printPort(port: PortExplanation, nodeName: string, palette: Palette): string[][] {
  const [address] = port.addresses;
  const heading = `${palette.bold(port.name)}, ${address?.port}/${port.protocol}, ${port.family}`;
  return [
    [heading, ...indent(printEndpoints(port.endpoints)), ...indent(printRemarks(port))],
    ...port.addresses.map((one) => indent(printAddress(one, nodeName, palette))),
  ];
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

function printEndpoints(endpoints: readonly EndpointExplanation[]): string[] {
  const policies = (['cluster', 'local'] as const).filter((policy) =>
    endpoints.some((one) => one[policy] !== undefined),
  );
  if (endpoints.length === 0) return ['no endpoints'];
  const titles = { cluster: 'policy Cluster', local: 'policy Local' };
  const rows = endpoints.map((one) => {
    const node = one.nodeName === undefined ? '' : ` [${one.nodeName}]`;
    const uses =
      one.replacedBy === undefined
        ? policies.map((policy) => printUse(one[policy]))
        : [`listed again: ${one.replacedBy} is believed`];
    return [escapeControls(`${one.address}${node}`), one.slice, ...uses];
  });
  return printTable([['endpoint', 'slice', ...policies.map((policy) => titles[policy])], ...rows]);
}

/** Shares are equal: one in so many. */
function printUse(use: EndpointUse | undefined): string {
  if (!use) return '';
  const share = use.share > 0 ? `1/${Math.round(1 / use.share)}` : '-';
  return `${share.padEnd(4)} ${use.reason}`;
}

const unremarkable: ReadonlySet<string> = new Set(['no hints', 'no endpoint is ready']);

function printRemarks({ topology, affinitySeconds }: PortExplanation): string[] {
  const isRemarkable = topology !== undefined && !unremarkable.has(topology);
  return [
    ...(isRemarkable ? [`topology: ${topology}`] : []),
    ...(affinitySeconds === undefined
      ? []
      : [`session affinity: a client stays with its endpoint for ${affinitySeconds} seconds`]),
  ];
}

function printAddress(address: AddressExplanation, nodeName: string, palette: Palette): string[] {
  const groups = new Map<string, ClientExplanation[]>();
  for (const client of address.clients) {
    const { outcome, endpoints, keepsSource, why } = client;
    const key = JSON.stringify([outcome, endpoints, keepsSource, why]);
    groups.set(key, [...(groups.get(key) ?? []), client]);
  }
  return [
    printAddressName(address),
    ...[...groups.values()].flatMap((clients) => printClients(clients, nodeName, palette)),
  ];
}

function printAddressName(address: AddressExplanation): string {
  const { kind, ip, port, nodeAddresses, takesLocalhost, sourceRanges } = address;
  if (kind !== 'node port') {
    const host = ip?.includes(':') === true ? `[${ip}]` : ip;
    const only = sourceRanges ? `, only for ${sourceRanges.join(', ')}` : '';
    return `${kind} ${host}:${port}${only}`;
  }
  const where =
    nodeAddresses === undefined
      ? 'every address of the node'
      : nodeAddresses.join(', ') || 'no address of the node';
  return `${kind} ${port} on ${where}${takesLocalhost ? ', 127.0.0.1 too' : ''}`;
}

function printClients(
  clients: readonly ClientExplanation[],
  nodeName: string,
  palette: Palette,
): string[] {
  const names = { pod: 'pods', node: nodeName, outside: 'outside' };
  const who = clients.map(({ client }) => names[client]).join(', ');
  const [first] = clients;
  if (!first) return [];
  const { outcome, endpoints, keepsSource } = first;
  const policy = endpoints === 'local' ? 'policy Local' : 'policy Cluster';
  const to = endpoints === undefined ? '' : `, endpoints of ${policy}`;
  const source =
    keepsSource === undefined ? '' : `, source ${keepsSource ? 'kept' : 'masqueraded'}`;
  const paint = outcome === 'delivered' ? palette.green : palette.red;
  return [`  ${who}: ${paint(outcome)}${to}${source}`, `    ${escapeControls(first.why)}`];
}
