import type { Cluster } from './cluster.ts';
import { groupBy } from './group-by.ts';
import { parseAddressPort } from './probe.ts';
import type { Outcome, Probe } from './probe.ts';
import type { HostName } from './topology.ts';
import { serviceOf } from './truth.ts';
import type { Flow } from './truth.ts';

/** A recorded flow and what became of its connections now. */
export interface Replayed {
  readonly flow: Flow;
  readonly outcomes: readonly Outcome[];
}

const CLIENTS: Readonly<Record<string, HostName>> = {
  'pod 10.244.1.11': 'p1',
  'pod fd00:10:244:1::11': 'p1',
  'pod 10.244.2.11': 'q1',
  'pod fd00:10:244:2::11': 'q1',
  'node 192.0.2.11': 'node1',
  'node 2001:db8:1::11': 'node1',
  'ext 192.0.2.100': 'ext',
  'ext 2001:db8:1::100': 'ext',
  'ext 192.0.2.200': 'ext',
  'ext 2001:db8:1::200': 'ext',
};

const CONNECTIONS = { several: 20, one: 3, none: 2 };
const CLEARED_ROUNDS = 12;
const STICKY_CONNECTIONS = 6;

/** Opens connections for each flow, beside each other wherever they cannot disturb one another. */
export async function replay(
  cluster: Cluster,
  flows: readonly Flow[],
): Promise<readonly Replayed[]> {
  const withAffinity = (affinity: Flow['affinity']): readonly Flow[] =>
    flows.filter((flow) => flow.affinity === affinity);
  const free = flows.filter(({ affinity }) => affinity === undefined || affinity === 'any');
  const cleared = turnsOf(withAffinity('cleared'));
  const sticky = withAffinity('sticky');
  return [
    ...(await probeFlows(cluster, free, connectionsFor)),
    ...(await replayTurns(
      cluster,
      Array.from({ length: CLEARED_ROUNDS }, () => cleared).flat(),
      1,
    )),
    // Where nothing is forgotten, a client gets what it got in the record only in the order of the record.
    ...(await replayTurns(
      cluster,
      cluster.forgetAffinity === undefined ? sticky.map((flow) => [flow]) : turnsOf(sticky),
      STICKY_CONNECTIONS,
    )),
  ];
}

async function replayTurns(
  cluster: Cluster,
  turns: readonly (readonly Flow[])[],
  connections: number,
): Promise<readonly Replayed[]> {
  const replayed: Replayed[] = [];
  for (const flows of turns) {
    await cluster.forgetAffinity?.();
    replayed.push(...(await probeFlows(cluster, flows, () => connections)));
  }
  return replayed;
}

// Two flows of one client share the memory of a service, so each has its turn.
function turnsOf(flows: readonly Flow[]): readonly (readonly Flow[])[] {
  const sharing = [...groupBy(flows, (flow) => `${flow.from} ${serviceOf(flow)}`).values()];
  const turns = Math.max(0, ...sharing.map(({ length }) => length));
  return Array.from({ length: turns }, (_, turn) =>
    sharing.flatMap((ofOne) => ofOne.slice(turn, turn + 1)),
  );
}

async function probeFlows(
  cluster: Cluster,
  flows: readonly Flow[],
  connections: (flow: Flow) => number,
): Promise<readonly Replayed[]> {
  const byClient = groupBy(flows, ({ from }) => clientOf(from));
  const replayed = await Promise.all(
    [...byClient].map(async ([client, ofClient]) => {
      const results = await cluster.probe(
        client,
        ofClient.map((flow) => probeOf(flow, connections(flow))),
      );
      return ofClient.map((flow, index): Replayed => ({ flow, outcomes: results[index] ?? [] }));
    }),
  );
  return replayed.flat();
}

function clientOf(from: string): HostName {
  const client = CLIENTS[from];
  if (client === undefined) {
    throw new Error(`The lab has no client "${from}".`);
  }
  return client;
}

// Only the client outside has two addresses; the others leave the choice to their kernel, as the record did.
function probeOf({ from, to, affinity }: Flow, connections: number): Probe {
  const probe = { ...parseAddressPort(to), connections, inTurn: affinity === 'sticky' };
  return from.startsWith('ext ') ? { ...probe, source: from.slice('ext '.length) } : probe;
}

function connectionsFor({ outcomes }: Flow): number {
  if (outcomes.length > 1) return CONNECTIONS.several;
  return outcomes[0]?.verdict === 'delivered' ? CONNECTIONS.one : CONNECTIONS.none;
}
