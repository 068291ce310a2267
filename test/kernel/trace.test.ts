import { readFileSync } from 'node:fs';
import {
  compile,
  joinEnvironments,
  parseSnapshot,
  prepareTrace,
  readTraceRules,
  traceEnvironmentOf,
  tracePacket,
} from '@kube-rules/core';
import type { DumpFiles, Packet } from '@kube-rules/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groupBy } from './support/group-by.ts';
import { namedClusters } from './support/named-clusters.ts';
import type { NamedCluster } from './support/named-clusters.ts';
import { createPool } from './support/pool.ts';
import type { Pool } from './support/pool.ts';
import { missingNftablesRequirements, missingRequirements } from './support/requirements.ts';
import { skipWithout } from './support/skip-without.ts';
import type { HostName } from './support/topology.ts';
import { disagreements } from './support/trace-agreement.ts';
import { AROUND_NODE1, TRACE_VARIANTS, startTraceCluster } from './support/trace-cluster.ts';
import type { TraceCluster, TraceVariant } from './support/trace-cluster.ts';
import { callsOf } from './support/traced-calls.ts';
import type { TracedCall } from './support/trace-agreement.ts';
import { tryCalls } from './support/try-calls.ts';

const packets = readFileSync(new URL('packets.yaml', import.meta.url), 'utf8');

const everybody = ['p1', 'q1', 'node1', 'ext'] as const;

// Answers of a pod on node2 to another there do not pass node1 again, and each of them is waited for.
const others = ['p1', 'node1', 'ext'] as const;

const clusters: readonly (NamedCluster & { readonly hosts: readonly HostName[] })[] = [
  {
    name: 'both families and protocols',
    text: packets,
    snapshot: parseSnapshot(packets).snapshot,
    hosts: everybody,
  },
  ...namedClusters().map((cluster) => ({ ...cluster, hosts: others })),
];

const cases = clusters.flatMap((cluster) =>
  TRACE_VARIANTS.map((variant) => [cluster.name, variant.title, { cluster, variant }] as const),
);

const missing = [...missingRequirements(), ...missingNftablesRequirements()];

describe.skipIf(skipWithout(missing))('connections come to what was traced of them', () => {
  const started: TraceCluster[] = [];
  const pools = new Map<TraceVariant, Pool<TraceCluster>>();
  const withCluster = (
    variant: TraceVariant,
    task: (lab: TraceCluster) => Promise<void>,
  ): Promise<void> => {
    const pool = pools.get(variant);
    if (pool === undefined) throw new Error(`No cluster was started for ${variant.title}.`);
    return pool(task);
  };
  beforeAll(async () => {
    await Promise.all(
      TRACE_VARIANTS.map(async (variant) => {
        const cluster = await startTraceCluster(variant);
        started.push(cluster);
        pools.set(variant, createPool([cluster]));
      }),
    );
  });
  afterAll(async () => {
    await Promise.all(started.map((cluster) => cluster.stop()));
  });

  test.concurrent.for(cases)('%s, %s', async ([, , { cluster, variant }], { expect }) => {
    const calls = traceCalls(cluster, variant);
    await withCluster(variant, async (lab) => {
      await lab.load(cluster.text);
      expect(tracesOfDumps(await lab.dump(), calls)).toEqual(calls.map(printTraces));
      const tried = await tryCalls(lab, calls);
      expect(tried.calls).toHaveLength(calls.length);
      expect(tried.calls.flatMap(disagreements)).toEqual([]);
      expect(tried.strayed).toEqual([]);
    });
  });
});

test('917 combinations of Service, client and address are tried', () => {
  const packets = clusters.flatMap(({ snapshot, hosts }) =>
    callsOf(snapshot, hosts).map(({ packet }) => packet),
  );
  const kinds = [...groupBy(packets, printKind)].map(([kind, { length }]) => `${kind}: ${length}`);
  expect(kinds).toEqual(['IPv4, tcp: 556', 'IPv6, tcp: 237', 'IPv4, udp: 65', 'IPv6, udp: 59']);
  expect(namedClusters()).toHaveLength(76);
});

function printKind({ destination, protocol }: Packet): string {
  return `${destination.includes(':') ? 'IPv6' : 'IPv4'}, ${protocol}`;
}

function traceCalls(
  { snapshot, hosts }: Omit<(typeof clusters)[number], 'text'>,
  { mode, layout }: TraceVariant,
): readonly TracedCall[] {
  const around = joinEnvironments(traceEnvironmentOf(snapshot), AROUND_NODE1);
  const traceable = prepareTrace(compile(snapshot, mode, { layout }), around);
  return callsOf(snapshot, hosts).map((call) => ({
    ...call,
    ...tracePacket(traceable, call.packet),
  }));
}

/** What becomes of the same packets by what the tools of the node say. */
function tracesOfDumps(dumps: DumpFiles, calls: readonly TracedCall[]): readonly object[] {
  const { rules, environment, diagnostics } = readTraceRules(dumps);
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  const traceable = prepareTrace(rules, joinEnvironments(environment, AROUND_NODE1));
  return calls.map((call) =>
    printTraces({ ...call, outcomes: tracePacket(traceable, call.packet).outcomes }),
  );
}

/** A kernel keeps a probability in 31 bits. */
function printTraces({ title, outcomes }: TracedCall): object {
  const results = outcomes.map(({ path: _path, probability, ...result }) => ({
    ...result,
    probability: probability.toFixed(6),
  }));
  return { title, results };
}
