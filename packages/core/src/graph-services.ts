import { compile } from './compile.ts';
import type { EntryGroup, Section } from './diff/node-rules.ts';
import type { ExplainedMode } from './explain/explanation.ts';
import { findService, type UnknownService } from './explain/find-service.ts';
import { collectGraph } from './graph/collect-graph.ts';
import { drawRule, type Drawing } from './graph/draw-rule.ts';
import type { Graph } from './graph/graph.ts';
import { ipvsEntrance, iptablesEntrance, nftablesEntrance } from './graph/rule-entrance.ts';
import { iptablesTarget, nftablesTarget, type RuleTarget } from './graph/rule-target.ts';
import { skipNodes } from './graph/skip-nodes.ts';
import { sortGraph } from './graph/sort-graph.ts';
import { rulesOfRuleset } from './rules-of-ruleset.ts';
import { defaultRelease, type Release } from './service/release.ts';
import { servicePortsOf } from './service/service-ports-of.ts';
import type { Snapshot } from './snapshot/snapshot.ts';

export interface GraphServicesOptions {
  readonly mode: ExplainedMode;
  readonly release?: Release;
  /** `namespace/name`, or `name` alone where no other Service has it, `:port` behind it for one port; all by default. */
  readonly service?: string;
}

/**
 * From Services by their addresses and the mode's chains to the endpoints, as kube-proxy's rules lead on the
 * snapshot's node. Of all Services, chains of single endpoints are left out.
 *
 * @throws {UnusableSnapshotError} as `compile` does.
 */
export function graphOfServices(
  snapshot: Snapshot,
  { mode, release = defaultRelease, service }: GraphServicesOptions,
): Graph | UnknownService {
  const isWanted = service === undefined ? () => true : wantedPorts(snapshot, service);
  if (typeof isWanted !== 'function') return isWanted;
  const collector = collectGraph();
  const drawing: Drawing = {
    collector,
    isWanted,
    nodeOf: nodesOfEndpoints(snapshot, release),
  };
  const draw = drawers[mode];
  for (const section of rulesOfRuleset(compile(snapshot, mode, { release })))
    draw(section, drawing);
  const graph = collector.graph();
  return sortGraph(service === undefined ? withoutEndpointChains(graph) : graph);
}

function wantedPorts(
  snapshot: Snapshot,
  query: string,
): ((servicePort: string) => boolean) | UnknownService {
  const found = findService(snapshot, query);
  if (!('service' in found)) return found;
  const { namespace, name } = found.service.metadata;
  const all = `${namespace}/${name}`;
  if (found.portName !== undefined) return (text) => text === `${all}:${found.portName}`;
  return (text) => text === all || text.startsWith(`${all}:`);
}

function nodesOfEndpoints(
  snapshot: Snapshot,
  release: Release,
): ReadonlyMap<string, string | undefined> {
  const endpoints = servicePortsOf(snapshot, release).flatMap(({ allEndpoints }) => allEndpoints);
  return new Map(endpoints.map(({ address, nodeName }) => [address, nodeName]));
}

const drawers: Readonly<Record<ExplainedMode, (section: Section, drawing: Drawing) => void>> = {
  iptables: drawIptables,
  ipvs: drawIpvs,
  nftables: drawNftables,
};

/** A rule of a chain that all Services share is an address of its Service. */
function drawIptables({ name: section, chains }: Section, drawing: Drawing): void {
  const family = section.includes('IPv6') ? 'IPv6' : 'IPv4';
  for (const { name, rules } of chains)
    for (const rule of rules) {
      const target = iptablesTarget(rule.text);
      const isShared = !/-[A-Z2-7]{16}$/.test(name);
      const entrance = isShared ? iptablesEntrance(rule.text) : undefined;
      drawRule(rule, { family, chain: name, entrance, target }, drawing);
    }
}

function drawNftables({ name: family, chains, groups }: Section, drawing: Drawing): void {
  for (const { name, rules } of chains)
    for (const rule of rules)
      drawRule(
        rule,
        { family, chain: name, entrance: undefined, target: nftablesTarget(rule.text) },
        drawing,
      );
  for (const entry of groups.flatMap(({ entries }) => entries)) {
    const entrance = nftablesEntrance(entry.text);
    if (entrance === undefined) continue;
    drawRule(entry, { family, chain: '', entrance, target: nftablesTarget(entry.text) }, drawing);
  }
}

function drawIpvs({ kind, groups }: Section, drawing: Drawing): void {
  if (kind !== 'ipvs') return;
  for (const group of groups) drawVirtualServer(group, drawing);
}

function drawVirtualServer({ name, origin, entries }: EntryGroup, drawing: Drawing): void {
  const endpoints = entries.map(({ key }) => key);
  const target: RuleTarget =
    endpoints.length > 0
      ? { chains: [], endpoints }
      : { chains: [], endpoints, refusal: 'rejected' };
  const item = { text: name, ...(origin && { origin }) };
  drawRule(item, { family: '', chain: '', entrance: ipvsEntrance(name), target }, drawing);
}

const isOfEndpoint = /^(?:KUBE-SEP-|endpoint-)/;

/** Without the chains that lead nowhere but to one endpoint. */
function withoutEndpointChains(graph: Graph): Graph {
  const endpoints = new Set(
    graph.nodes.filter(({ kind }) => kind === 'endpoint').map(({ id }) => id),
  );
  const targets = new Map<string, Set<string>>();
  for (const { from, to } of graph.edges)
    targets.set(from, (targets.get(from) ?? new Set()).add(to));
  return skipNodes(graph, ({ id, kind, lines }) => {
    const [only, ...others] = targets.get(id) ?? [];
    const leadsToOne = only !== undefined && others.length === 0 && endpoints.has(only);
    return kind === 'chain' && isOfEndpoint.test(lines[0] ?? '') && leadsToOne;
  });
}
