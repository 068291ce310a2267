import type { KubeProxyConfiguration } from '../config/configuration.ts';
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { quoteValue } from '../util/quote-value.ts';
import { suggest } from '../util/suggest.ts';
import type { NodeState } from './node-state.ts';
import type { Node } from './node.ts';

export interface NodeCandidates {
  /** The name that the caller asked for. */
  readonly asked: string | undefined;
  readonly config: KubeProxyConfiguration;
  readonly nodeStates: readonly NodeState[];
  readonly nodes: readonly Node[];
  /** Of the machine whose rules are wanted. */
  readonly machineName?: string | undefined;
}

export interface ChosenNode {
  readonly nodeName: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Decides whose rules are wanted: the name asked for, else `hostnameOverride`, else the only
 * NodeState's, else the machine's if a Node has it, else the only Node's. Trimmed and lower-cased as kube-proxy does it.
 */
export function chooseNode({
  asked,
  config,
  nodeStates,
  nodes,
  machineName,
}: NodeCandidates): ChosenNode {
  const stateNames = nodeStates.flatMap(({ nodeName }) =>
    nodeName === undefined ? [] : [nodeName],
  );
  const names = nodes.map(({ metadata }) => metadata.name);
  const ofMachine = names.find((name) => name === machineName);
  const given = [asked, config.hostnameOverride, onlyOf(stateNames), ofMachine, onlyOf(names)];
  const nodeName = given
    .map((name) => name?.trim().toLowerCase())
    .find((name) => name !== undefined && name !== '');
  if (nodeName === undefined) return { nodeName: '', diagnostics: [ambiguous(names)] };
  if (names.includes(nodeName)) return { nodeName, diagnostics: [] };
  if (names.length === 0) return { nodeName, diagnostics: [missing(nodeName)] };
  return { nodeName, diagnostics: [unknown(nodeName, names)] };
}

function onlyOf(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}

function ambiguous(names: readonly string[]): Diagnostic {
  const message =
    names.length === 0
      ? 'The snapshot holds no Node, and no node name is given.'
      : `Rules are made for one node; choose one of ${listNames(names)}.`;
  return createDiagnostic('NODE_AMBIGUOUS', { message });
}

function missing(nodeName: string): Diagnostic {
  const message = `The snapshot holds no Node ${nodeName}: its addresses, zone and pod CIDRs are not known.`;
  return createDiagnostic('NODE_MISSING', { message });
}

function unknown(nodeName: string, names: readonly string[]): Diagnostic {
  const near = suggest(nodeName, names);
  const hint = near === undefined ? `the Nodes are ${listNames(names)}` : `did you mean ${near}?`;
  const message = `The snapshot has no Node ${quoteValue(nodeName)}; ${hint}${near === undefined ? '.' : ''}`;
  return createDiagnostic('NODE_UNKNOWN', { message });
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 10).join(', ');
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}
