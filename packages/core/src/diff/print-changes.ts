import type { Origin } from '../ruleset/origin.ts';
import { groupBy } from '../util/group-by.ts';
import type { Change } from './change.ts';
import type { Item } from './node-rules.ts';

/**
 * Prints changes as a diff reads: a head for each chain, set or server, then lines that begin with `-`
 * for what goes, `+` for what comes, each with the Service that it belongs to where that is known.
 */
export function printChanges(changes: readonly Change[]): string {
  const blocks = groupBy(changes, headOf);
  return [...blocks]
    .map(([head, own]) => `${head}\n${own.flatMap(printChange).join('\n')}\n`)
    .join('\n');
}

function headOf(change: Change): string {
  return `${change.section}, ${'chain' in change ? `chain ${change.chain}` : change.group}`;
}

function printChange(change: Change): string[] {
  switch (change.kind) {
    case 'chainAdded':
    case 'groupAdded':
      return [`+ new${withDeclaration(change.declaration)}`];
    case 'chainRemoved':
    case 'groupRemoved':
      return [`- gone${withDeclaration(change.declaration)}`];
    case 'chainChanged':
    case 'groupChanged':
      return [`- ${change.from}`, `+ ${change.to}`];
    case 'ruleRemoved':
      return [`- ${printItem(change.rule)}`];
    case 'ruleAdded':
      return [`+ ${printItem(change.rule)}`];
    case 'entryRemoved':
      return [`- ${printItem(change.entry)}`];
    case 'entryAdded':
      return [`+ ${printItem(change.entry)}`];
    case 'entryChanged':
      return [`- ${printItem(change.from)}`, `+ ${printItem(change.to)}`];
  }
}

function withDeclaration(declaration: string): string {
  return declaration === '' ? '' : `: ${declaration}`;
}

function printItem({ text, origin }: Item): string {
  const owner = origin && printOwner(origin);
  return owner === undefined ? text : `${text}    # ${owner}`;
}

/** `prod/web:http, endpoint 10.244.2.6:8080 [node-b]`; undefined for what every node has. */
export function printOwner({ servicePort, endpoint, reason }: Origin): string | undefined {
  if (servicePort === undefined) return undefined;
  if (!endpoint) return `${servicePort}, ${reason}`;
  const node = endpoint.nodeName === undefined ? '' : ` [${endpoint.nodeName}]`;
  return `${servicePort}, endpoint ${endpoint.address}${node}`;
}
