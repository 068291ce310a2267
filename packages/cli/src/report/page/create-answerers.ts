import {
  compile,
  explainService,
  rulesOfRuleset,
  snapshotForNode,
  traceSnapshot,
  type CompileOptions,
  type ExplainedMode,
  type NodeRules,
  type Snapshot,
  type TracedOutcome,
} from '@kube-rules/core';
import { endpointNodes } from '../../output/endpoint-nodes.ts';
import type { ReportData } from '../report-data.ts';
import { findRules, rulesOfService } from './find-rules.ts';
import { podsOf } from './pods-of.ts';
import { parseFlow } from './parse-flow.ts';
import type { Answerers, NodeSummary, ShownMode, Situation } from './questions.ts';
import { summarizeServices } from './summarize-services.ts';

/** Answers every question about a report's snapshot; the rules that were asked for last are kept. */
export function createAnswerers(data: ReportData): Answerers {
  const { snapshot, release, nodeName, mode, version, findings } = data;
  const on = (node: string): Snapshot => snapshotForNode(snapshot, node);
  const rulesIn = keepLast((situation: Situation): NodeRules => {
    const { mode: itsMode, ...options } = compileOptions(situation.mode);
    const ruleset = compile(on(situation.node), itsMode, { ...options, release });
    return rulesOfRuleset(ruleset);
  });
  return {
    overview: () => ({
      nodes: summarizeNodes(data),
      nodeName,
      mode,
      release,
      version,
      findings,
      services: summarizeServices(snapshot),
    }),
    explain: ({ name, node, mode }) => {
      const explained = explainService(on(node), name, { ...compileOptions(mode), release });
      if ('ports' in explained) return explained;
      throw new Error(`The report has no Service ${name}.`);
    },
    serviceRules: ({ name, ...situation }) => rulesOfService(rulesIn(situation), name),
    rules: ({ words, most, ...situation }) => findRules(rulesIn(situation), words, most),
    senders: ({ node }) => ({ pods: podsOf(snapshot, node) }),
    trace: ({ flow, node, mode }) => {
      const options = { ...compileOptions(mode), release };
      const { outcomes } = traceSnapshot(on(node), parseFlow(flow), options);
      const home = endpointNodes(snapshot)(flow.from);
      return {
        outcomes,
        nodes: nodesOf(snapshot, outcomes),
        ...(home !== undefined && home !== node && { home }),
      };
    },
  };
}

/** A node without a Node object can be asked for, too. */
function summarizeNodes({ snapshot, nodeName }: ReportData): readonly NodeSummary[] {
  const nodes = snapshot.nodes.map(({ metadata, status }) => ({
    name: metadata.name,
    addresses: (status?.addresses ?? []).flatMap(({ type, address }) =>
      type === 'InternalIP' ? [address] : [],
    ),
  }));
  const isKnown = nodes.some(({ name }) => name === nodeName);
  return isKnown ? nodes : [{ name: nodeName, addresses: [] }, ...nodes];
}

function nodesOf(
  snapshot: Snapshot,
  outcomes: readonly TracedOutcome[],
): Readonly<Record<string, string>> {
  const nodeOf = endpointNodes(snapshot);
  const nodes = outcomes.map(
    ({ destination }) => [destination, nodeOf(destination) ?? ''] as const,
  );
  return Object.fromEntries(nodes.filter(([, name]) => name !== ''));
}

function compileOptions(
  mode: ShownMode,
): Pick<CompileOptions, 'layout'> & { readonly mode: ExplainedMode } {
  return mode === 'fast' ? { mode: 'nftables', layout: 'fast' } : { mode };
}

function keepLast<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  let last: { readonly key: string; readonly value: Value } | undefined;
  return (key) => {
    const text = JSON.stringify(key);
    if (last?.key !== text) last = { key: text, value: make(key) };
    return last.value;
  };
}
