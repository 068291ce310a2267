import {
  escapeControls,
  type AddressExplanation,
  type ClientExplanation,
  type EndpointExplanation,
  type EndpointUse,
  type PortExplanation,
  type ServiceExplanation,
} from '@kube-rules/core';
import { countUsedEndpoints } from './count-used-endpoints.ts';
import { groupClients } from './group-clients.ts';
import type { Palette } from './palette.ts';
import { printAddressName } from './print-address-name.ts';
import { printEqualShare } from './print-equal-share.ts';
import { printHealthCheck } from './print-health-check.ts';
import { printRemarks } from './print-remarks.ts';
import { printTable } from './print-table.ts';

/** First the answer, then for each port its endpoints and addresses, last the health checks. */
export function printExplanation(explanation: ServiceExplanation, palette: Palette): string {
  const { name, mode, notServed, ports, healthChecks } = explanation;
  const nodeName = escapeControls(explanation.nodeName);
  if (notServed !== undefined)
    return `${name} on ${nodeName}: kube-proxy does nothing for it; ${notServed}\n`;
  const answer = `${palette.bold(name)} on ${nodeName}, ${mode} mode: ${countUsedEndpoints(ports)}`;
  const blocks = [
    [answer],
    ...ports.flatMap((port) => printPort(port, nodeName, palette)),
    ...(healthChecks.length > 0 ? [healthChecks.map(printHealthCheck)] : []),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
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

function printUse(use: EndpointUse | undefined): string {
  return use ? `${printEqualShare(use).padEnd(4)} ${use.reason}` : '';
}

function printAddress(address: AddressExplanation, nodeName: string, palette: Palette): string[] {
  return [
    printAddressName(address),
    ...groupClients(address.clients).flatMap((clients) => printClients(clients, nodeName, palette)),
  ];
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
