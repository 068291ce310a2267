import type { NodePlan, Operation, ServicePlan } from '@kube-rules/core';
import { escapeLines } from './escape-lines.ts';
import type { Palette } from './palette.ts';
import { count } from './count.ts';

const mostShown = 40;

/** What changes for which Service, then the sum. */
export function printPlan(plan: NodePlan, palette: Palette): string {
  const { services, summary, operations } = plan;
  if (operations.length === 0)
    return escapeLines(
      `${describeNode(plan)}: nothing to do (${summary.foreign} foreign rules stay)\n`,
    );
  const hidden = services.length - mostShown;
  const lines = [
    `${describeNode(plan)}, ${count(services.filter(({ servicePort }) => servicePort !== '').length, 'service port')} to change`,
    '',
    ...services.slice(0, mostShown).flatMap((service) => printService(service, palette)),
    ...(hidden > 0 ? [`  ... and ${hidden} more (--json lists all)`] : []),
    ...operations.flatMap(printOther),
    '',
    `Plan: ${summary.toAdd} to add, ${summary.toChange} to change, ${summary.toRemove} to remove. Foreign rules stay (${summary.foreign}). ${describeSteps(operations)}.`,
  ];
  return escapeLines(lines.map((line) => `${line}\n`).join(''));
}

function describeNode({ nodeName, mode, layout, backend }: NodePlan): string {
  const how = mode === 'nftables' ? ` (${layout} layout)` : backend ? ` (${backend} back end)` : '';
  return `${nodeName}, ${mode ?? 'everything of kube-proxy goes'}${mode ? how : ''}`;
}

function printService(
  { servicePort, added, removed, newEndpoints, goneEndpoints }: ServicePlan,
  palette: Palette,
): string[] {
  const sign = removed === 0 ? palette.green('+') : added === 0 ? palette.red('-') : '~';
  const name = servicePort === '' ? '(every node)' : servicePort;
  return [
    `  ${sign} ${name.padEnd(40)} ${added} added, ${removed} removed`,
    ...newEndpoints.map((endpoint) => `      ${palette.green('+')} endpoint ${endpoint}`),
    ...goneEndpoints.map((endpoint) => `      ${palette.red('-')} endpoint ${endpoint}`),
  ];
}

function printOther(operation: Operation): string[] {
  if (operation.kind === 'sysctl') {
    const { name, value, former } = operation;
    return [`  ~ sysctl ${name} ${former === undefined ? '' : `${former} `}-> ${value}`];
  }
  if (operation.kind !== 'deleteFlows') return [];
  return operation.flows.map(({ original }) => {
    const { source, sourcePort, destination, destinationPort } = original;
    return `  - UDP flow ${source}:${sourcePort} -> ${destination}:${destinationPort}`;
  });
}

function describeSteps(operations: readonly Operation[]): string {
  const lines = operations
    .flatMap((operation) => ('input' in operation ? operation.input.split('\n').length - 1 : 0))
    .reduce((sum, one) => sum + one, 0);
  return `${count(operations.length, 'step')}, ${count(lines, 'line')} for the tools`;
}
