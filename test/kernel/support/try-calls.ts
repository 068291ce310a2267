import type { IptablesCluster } from './cluster.ts';
import { groupBy } from './group-by.ts';
import { thisMachine } from './machine.ts';
import { PROBE_TIMEOUT_MS } from './probe.ts';
import type { Outcome } from './probe.ts';
import { arrivalOf, hasLostAnswers, isSeen, unseenOutcomes } from './trace-agreement.ts';
import type { TracedCall, TriedCall } from './trace-agreement.ts';
import { arrivedAtHosts, forgetHosts } from './watch-hosts.ts';

const CONNECTIONS = 20;

// Twenty connections miss an outcome with probability 0.2 by chance in 1 of 87 calls; so there are more until it was seen,
// up to eighty, which miss it in 1 of 56 million.
const ROUNDS = 4;

// An answer that should not come would come at once; that of a REJECT may take longer, but would be no answer either.
const DROPPED_TIMEOUT_MS = 1000;

type TraceCluster = Pick<IptablesCluster, 'network' | 'forgetAffinity'>;

/** What the calls came to, and what came to the hosts of those that come to nobody as they were traced. */
export interface Tried {
  readonly calls: readonly TriedCall[];
  readonly strayed: readonly string[];
}

/** Opens twenty connections for each call, and more as long as a likely outcome was not seen. */
export async function tryCalls(
  cluster: TraceCluster,
  calls: readonly TracedCall[],
): Promise<Tried> {
  const [reaching, stopped] = [
    calls.filter(reachesSomebody),
    calls.filter((call) => !reachesSomebody(call)),
  ];
  const tried = await tryUntilSeen(cluster, reaching);
  const alone: TriedCall[] = [];
  for (const turn of turnsOf(
    tried.filter(hasLostAnswers).map(({ call }) => call),
    arrivalsOf,
  )) {
    alone.push(...(await tryUntilSeen(cluster, turn)));
  }
  const ofStopped = await tryUntilSeen(cluster, stopped);
  return {
    calls: [...tried.filter((one) => !hasLostAnswers(one)), ...alone, ...ofStopped],
    strayed: [...(ofStopped[0]?.arrived ?? [])],
  };
}

function reachesSomebody({ outcomes }: TracedCall): boolean {
  return outcomes.some(isSeen);
}

async function tryUntilSeen(
  cluster: TraceCluster,
  calls: readonly TracedCall[],
): Promise<readonly TriedCall[]> {
  if (calls.length === 0) return [];
  await forgetHosts(cluster.network);
  const observed = new Map(calls.map((call) => [call, [] as Outcome[]]));
  let tried: readonly TriedCall[] = [];
  let pending = calls;
  for (let round = 0; round < ROUNDS && pending.length > 0; round += 1) {
    for (const [call, outcomes] of await connect(cluster, pending)) {
      observed.get(call)?.push(...outcomes);
    }
    const arrived = await arrivedAtHosts(cluster.network);
    tried = calls.map((call) => ({ call, observed: observed.get(call) ?? [], arrived }));
    pending = tried.filter((one) => unseenOutcomes(one).length > 0).map(({ call }) => call);
  }
  return tried;
}

type Connected = readonly (readonly [TracedCall, readonly Outcome[]])[];

function isFree({ memories, outcomes }: TracedCall): boolean {
  return memories.length === 0 || outcomes.length === 1;
}

async function connect(cluster: TraceCluster, calls: readonly TracedCall[]): Promise<Connected> {
  const connected = [...(await probe(cluster, calls.filter(isFree), CONNECTIONS))];
  for (const turn of turnsOf(
    calls.filter((call) => !isFree(call)),
    ({ memories }) => memories,
  )) {
    for (let round = 0; round < CONNECTIONS; round += 1) {
      await cluster.forgetAffinity();
      connected.push(...(await probe(cluster, turn, 1)));
    }
  }
  return connected;
}

/** The calls in as many turns as it takes that no two of a turn share anything. */
function turnsOf(
  calls: readonly TracedCall[],
  sharedOf: (call: TracedCall) => readonly string[],
): readonly (readonly TracedCall[])[] {
  const turns: { readonly shared: Set<string>; readonly calls: TracedCall[] }[] = [];
  for (const call of calls) {
    const own = sharedOf(call);
    let turn = turns.find(({ shared }) => own.every((one) => !shared.has(one)));
    if (turn === undefined) {
      turn = { shared: new Set(), calls: [] };
      turns.push(turn);
    }
    for (const one of own) turn.shared.add(one);
    turn.calls.push(call);
  }
  return turns.map(({ calls }) => calls);
}

/** What hosts would remember of the call: of two that are answered nowhere, it must be told which one came there. */
function arrivalsOf(call: TracedCall): readonly string[] {
  return call.outcomes.filter(isSeen).map((outcome) => arrivalOf(call, outcome));
}

async function probe(
  { network }: TraceCluster,
  calls: readonly TracedCall[],
  connections: number,
): Promise<Connected> {
  const alike = groupBy(calls, (call) => `${call.from} ${timeoutOf(call)}`).values();
  const connected = await Promise.all(
    [...alike].map(async (ofClient) => {
      const [first] = ofClient;
      if (first === undefined) return [];
      const results = await network.agents[first.from].request('probe', {
        probes: ofClient.map(({ target }) => ({ ...target, connections })),
        timeoutMs: timeoutOf(first),
        connectionsAtOnce: thisMachine.connectionsAtOnce,
      });
      return ofClient.map((call, index) => [call, results[index] ?? []] as const);
    }),
  );
  return connected.flat();
}

function timeoutOf({ outcomes }: Pick<TracedCall, 'outcomes'>): number {
  return outcomes.every(({ verdict }) => verdict === 'dropped')
    ? DROPPED_TIMEOUT_MS
    : PROBE_TIMEOUT_MS;
}
